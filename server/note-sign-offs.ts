import { type Db, database } from '../db/client';
import { lockProject } from '../db/events';
import { deleteSignOff, replaceSignOff, selectSignOffs } from '../db/note-sign-offs';
import { selectNote } from '../db/notes';
import type { Grant } from '../lib/access/grant';
import type { NoteSignOff } from '../lib/coverage/sign-off';
import { AppError } from '../lib/errors';
import { newId } from '../lib/new-id';
import { notFound } from './edit';
import { publish } from './events/publish';

/** Sentences of one note that can be signed off: twice what a book chapter has. */
const MOST = 5_000;

async function mustHave(db: Db, grant: Grant, noteId: string): Promise<void> {
  if ((await selectNote(db, grant, noteId)) === null) throw notFound('note');
}

/** All sign-offs of a note, those of sentences that it no longer has among them. */
export async function listSignOffs(
  grant: Grant,
  noteId: string,
): Promise<{ items: NoteSignOff[]; nextCursor: null }> {
  await mustHave(database(), grant, noteId);
  return { items: await selectSignOffs(database(), grant, noteId), nextCursor: null };
}

/**
 * Records that the actor vouches for a sentence of a note. Another's sign-off of it gives way to this one and stays in the
 * log.
 * @throws AppError too-large when the note has as many as it takes.
 */
export async function signStatement(
  grant: Grant,
  noteId: string,
  { id = newId(), statement }: { id?: string; statement: string },
): Promise<NoteSignOff> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    await mustHave(tx, grant, noteId);
    const all = await selectSignOffs(tx, grant, noteId);
    const again = all.find((one) => one.id === id);
    if (again !== undefined) return again;
    if (all.length >= MOST)
      throw new AppError(
        'too-large',
        'So many sentences of this note were signed off that it takes no more.',
      );
    await replaceSignOff(tx, grant, noteId, { id, statement });
    const [made] = await selectSignOffs(tx, grant, noteId, { statement });
    if (made === undefined) throw new AppError('conflict', 'This id is taken. Choose another.');
    await publish(tx, grant, { type: 'note.signed-off', subject: made });
    return made;
  });
}

/** Takes a sign-off back, one's own or another's; the log keeps both. */
export async function unsignStatement(grant: Grant, noteId: string, id: string): Promise<NoteSignOff> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    await mustHave(tx, grant, noteId);
    const standing = (await selectSignOffs(tx, grant, noteId)).find((one) => one.id === id);
    if (standing === undefined || !(await deleteSignOff(tx, grant, noteId, id))) throw notFound('sign-off');
    await publish(tx, grant, { type: 'note.unsigned', subject: standing });
    return standing;
  });
}
