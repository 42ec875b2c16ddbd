import { projectRoute } from '@/app/api/handle';
import { createNote, listNotes } from '@/server/notes';

export const GET = projectRoute('note.list', (grant, { query }) => listNotes(grant, query));
export const POST = projectRoute('note.create', (grant, { body }) => createNote(grant, body));
