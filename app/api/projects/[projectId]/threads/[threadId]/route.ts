import { projectRoute } from '@/app/api/handle';
import { getThread, updateThread } from '@/server/threads';

export const GET = projectRoute('thread.get', (grant, { params }) => getThread(grant, params.threadId));
export const PATCH = projectRoute('thread.update', (grant, { params, body }) =>
  updateThread(grant, params.threadId, body),
);
