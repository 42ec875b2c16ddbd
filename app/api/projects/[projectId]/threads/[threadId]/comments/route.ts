import { projectRoute } from '@/app/api/handle';
import { createComment } from '@/server/threads/comments';

export const POST = projectRoute('comment.create', (grant, { params, body }) =>
  createComment(grant, params.threadId, body),
);
