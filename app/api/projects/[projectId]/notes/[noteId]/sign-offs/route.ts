import { projectRoute } from '@/app/api/handle';
import { listSignOffs, signStatement } from '@/server/note-sign-offs';

export const GET = projectRoute('note-sign-off.list', (grant, { params }) =>
  listSignOffs(grant, params.noteId),
);
export const POST = projectRoute('note-sign-off.create', (grant, { params, body }) =>
  signStatement(grant, params.noteId, body),
);
