import { projectRoute } from '@/app/api/handle';
import { getClaim } from '@/server/claims/read-claims';
import { deleteClaim, updateClaim } from '@/server/claims/update-claim';

export const GET = projectRoute('claim.get', (grant, { params }) => getClaim(grant, params.claimId));
export const PATCH = projectRoute('claim.update', (grant, { params, body, ifMatch }) =>
  updateClaim(grant, params.claimId, body, ifMatch),
);
export const DELETE = projectRoute('claim.delete', (grant, { params, ifMatch }) =>
  deleteClaim(grant, params.claimId, ifMatch),
);
