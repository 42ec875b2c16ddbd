import { projectRoute } from '@/app/api/handle';
import { restoreClaim } from '@/server/claims/update-claim';

export const POST = projectRoute('claim.restore', (grant, { params }) => restoreClaim(grant, params.claimId));
