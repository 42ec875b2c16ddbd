import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { NoteKey } from '../../lib/access/note-key';
import { NOTE_POLICY_VERSION } from '../../lib/notes/note-policy';
import { stateVectorOf } from '../../lib/notes/note-sync';
import type { Db } from '../client';
import { noteSnapshots } from '../schema/notes';

const HASH_BYTES = 32;

/**
 * The mark of a snapshot that was found to be sound: a SHA-256 of the version of the rules, the note, the bytes and their
 * state vector, about a millisecond for each megabyte, and the vector itself, which takes ten times as long to find
 * again. It tells bytes that something else wrote; it is no seal against whoever means to deceive and can write into
 * the database.
 */
export function markOf(key: Pick<NoteKey, 'noteId'>, state: Uint8Array): Buffer {
  return seal(key, state, stateVectorOf(state));
}

function seal({ noteId }: Pick<NoteKey, 'noteId'>, state: Uint8Array, vector: Uint8Array): Buffer {
  const hash = createHash('sha256').update(`${NOTE_POLICY_VERSION} ${noteId} `);
  return Buffer.concat([hash.update(state).update(vector).digest(), vector]);
}

/** The state vector of a snapshot that bears this mark; null when the mark is not that of these bytes. */
export function vectorIn(
  key: Pick<NoteKey, 'noteId'>,
  state: Uint8Array,
  mark: Uint8Array,
): Uint8Array | null {
  const vector = mark.subarray(HASH_BYTES);
  return vector.length > 0 && seal(key, state, vector).equals(mark) ? vector : null;
}

/** Marks the snapshot of a note, after exactly these bytes were found to be sound. */
export async function markSnapshot(db: Db, key: NoteKey, state: Uint8Array): Promise<void> {
  await db
    .update(noteSnapshots)
    .set({ mark: markOf(key, state) })
    .where(and(eq(noteSnapshots.noteId, key.noteId), eq(noteSnapshots.projectId, key.projectId)));
}
