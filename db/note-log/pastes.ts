import { and, eq } from 'drizzle-orm';
import type { NoteKey } from '../../lib/access/note-key';
import { type Came, cameAtOnce } from '../../lib/contributions/pastes';
import type { Db } from '../client';
import { notePastes } from '../schema/note-pastes';

/** Rows that one statement adds. */
const ADDED = 1_000;

/** Keeps which letters of these updates came in at once, before they are merged and nothing tells it any more. */
export async function keepPastes(db: Db, key: NoteKey, updates: readonly Uint8Array[]): Promise<void> {
  const came = updates.flatMap(cameAtOnce);
  const { noteId, projectId } = key;
  for (let at = 0; at < came.length; at += ADDED)
    await db
      .insert(notePastes)
      .values(came.slice(at, at + ADDED).map((one) => ({ ...one, noteId, projectId })))
      .onConflictDoNothing();
}

/** The letters of a note that came in at once and whose log rows are merged away. */
export async function selectPastes(db: Db, key: NoteKey): Promise<Came[]> {
  const { clientId, clock, length } = notePastes;
  return db
    .select({ clientId, clock, length })
    .from(notePastes)
    .where(and(eq(notePastes.noteId, key.noteId), eq(notePastes.projectId, key.projectId)));
}
