import { projectRoute } from '@/app/api/handle';
import { unsignStatement } from '@/server/note-sign-offs';

export const DELETE = projectRoute('note-sign-off.remove', (grant, { params }) =>
  unsignStatement(grant, params.noteId, params.signOffId),
);
