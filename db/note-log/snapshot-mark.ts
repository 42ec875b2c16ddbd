import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { NoteKey } from '../../lib/access/note-key';
import { NOTE_POLICY_VERSION } from '../../lib/notes/note-policy';
import type { Db } from '../client';
import { noteSnapshots } from '../schema/notes';

/**
 * The mark of a snapshot that was found to be sound: a SHA-256 of the version of the rules, the note and the bytes, about
 * a millisecond for each megabyte. It tells bytes that something else wrote; it is no seal against whoever means to deceive
 * and can write into the database.
 */
export function markOf({ noteId }: Pick<NoteKey, 'noteId'>, state: Uint8Array): Buffer {
  return createHash('sha256').update(`${NOTE_POLICY_VERSION} ${noteId} `).update(state).digest();
}

/** Marks the snapshot of a note, after exactly these bytes were found to be sound. */
export async function markSnapshot(db: Db, key: NoteKey, state: Uint8Array): Promise<void> {
  await db
    .update(noteSnapshots)
    .set({ mark: markOf(key, state) })
    .where(and(eq(noteSnapshots.noteId, key.noteId), eq(noteSnapshots.projectId, key.projectId)));
}
