import { projectRoute } from '@/app/api/handle';
import { listClaimStatuses, setClaimStatuses } from '@/server/claims/statuses';

export const GET = projectRoute('claim-status.list', (grant) => listClaimStatuses(grant));
export const PUT = projectRoute('claim-status.set', (grant, { body }) => setClaimStatuses(grant, body));
