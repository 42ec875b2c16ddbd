import { projectRoute } from '@/app/api/handle';
import { deleteNote, getNote, updateNote } from '@/server/notes';

export const GET = projectRoute('note.get', (grant, { params }) => getNote(grant, params.noteId));
export const PATCH = projectRoute('note.update', (grant, { params, body, ifMatch }) =>
  updateNote(grant, params.noteId, body, ifMatch),
);
export const DELETE = projectRoute('note.delete', (grant, { params, ifMatch }) =>
  deleteNote(grant, params.noteId, ifMatch),
);
