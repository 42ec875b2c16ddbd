import { projectRoute } from '@/app/api/handle';
import { getFollowUp } from '@/server/follow-ups/read-follow-ups';
import { deleteFollowUp, updateFollowUp } from '@/server/follow-ups/update-follow-up';

export const GET = projectRoute('follow-up.get', (grant, { params }) =>
  getFollowUp(grant, params.followUpId),
);
export const PATCH = projectRoute('follow-up.update', (grant, { params, body, ifMatch }) =>
  updateFollowUp(grant, params.followUpId, body, ifMatch),
);
export const DELETE = projectRoute('follow-up.delete', (grant, { params, ifMatch }) =>
  deleteFollowUp(grant, params.followUpId, ifMatch),
);
