import { projectRoute } from '@/app/api/handle';
import { restoreComment } from '@/server/threads/comments';

export const POST = projectRoute('comment.restore', (grant, { params }) =>
  restoreComment(grant, params.threadId, params.commentId),
);
