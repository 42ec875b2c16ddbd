import { projectRoute } from '@/app/api/handle';
import { createClaim } from '@/server/claims/create-claim';
import { listClaims } from '@/server/claims/read-claims';

export const GET = projectRoute('claim.list', (grant, { query }) => listClaims(grant, query));
export const POST = projectRoute('claim.create', (grant, { body }) => createClaim(grant, body));
