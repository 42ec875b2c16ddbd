import { projectRoute } from '@/app/api/handle';
import { deleteComment, updateComment } from '@/server/threads/comments';

export const PATCH = projectRoute('comment.update', (grant, { params, body }) =>
  updateComment(grant, params.threadId, params.commentId, body),
);
export const DELETE = projectRoute('comment.delete', (grant, { params }) =>
  deleteComment(grant, params.threadId, params.commentId),
);
