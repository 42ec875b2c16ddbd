import type { Database } from '../../db/client';
import { markSnapshot } from '../../db/note-log/snapshot-mark';
import type { NoteKey } from '../../lib/access/note-key';
import type { StoredNote } from '../../lib/notes/note-sync';
import type { Log } from './log';
import type { NoteState } from './note-state';

/** Marks a snapshot that was looked over just now and found to be sound, so that it need not be the next time. */
export function markIfSound(
  { db, log }: { readonly db: Database; readonly log: Log },
  key: NoteKey,
  { snapshot, updates, isMarked }: StoredNote,
  { isDamaged }: NoteState,
): void {
  if (snapshot === null || updates.length > 0 || isMarked || isDamaged) return;
  markSnapshot(db, key, snapshot).catch((error: unknown) =>
    log.warn({ err: error, noteId: key.noteId }, 'a note was not marked as looked over'),
  );
}
