import { projectRoute } from '@/app/api/handle';
import { signOffClaim, unsignClaim } from '@/server/claims/sign-off';

export const POST = projectRoute('claim.sign-off', (grant, { params, ifMatch }) =>
  signOffClaim(grant, params.claimId, ifMatch),
);
export const DELETE = projectRoute('claim.unsign', (grant, { params, ifMatch }) =>
  unsignClaim(grant, params.claimId, ifMatch),
);
