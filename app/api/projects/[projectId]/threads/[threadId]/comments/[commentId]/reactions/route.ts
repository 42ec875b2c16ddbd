import { projectRoute } from '@/app/api/handle';
import { reactToComment } from '@/server/threads/comments';

export const PUT = projectRoute('comment.react', (grant, { params, body }) =>
  reactToComment(grant, params.threadId, params.commentId, body),
);
