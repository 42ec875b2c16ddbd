import { projectRoute } from '@/app/api/handle';
import { updateThread } from '@/server/threads';

export const PATCH = projectRoute('thread.update', (grant, { params, body }) =>
  updateThread(grant, params.threadId, body),
);
