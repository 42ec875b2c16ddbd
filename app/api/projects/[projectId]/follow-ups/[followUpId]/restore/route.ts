import { projectRoute } from '@/app/api/handle';
import { restoreFollowUp } from '@/server/follow-ups/update-follow-up';

export const POST = projectRoute('follow-up.restore', (grant, { params }) =>
  restoreFollowUp(grant, params.followUpId),
);
