import * as Y from 'yjs';
import { database, type Transaction } from '../../db/client';
import { appendUpdates } from '../../db/note-log';
import { beginLog, setLogAside } from '../../db/note-log/set-aside';
import { lockVersions, selectNewestPoint, selectVersion, selectVersionState } from '../../db/note-versions';
import { saveNoteRest, selectNote } from '../../db/notes';
import type { Grant } from '../../lib/access/grant';
import { type NoteKey, noteKeyOf } from '../../lib/access/note-key';
import { AppError } from '../../lib/errors';
import { chipIds, noteText } from '../../lib/notes/note-content';
import { makeLike, readsTheSame } from '../../lib/notes/restore';
import { salvage } from '../../lib/notes/salvage';
import { NOTE_FRAGMENT } from '../../lib/notes/schema-version';
import type { NoteRestoration, NoteVersion } from '../../lib/notes/version';
import { notFound } from '../edit';
import { publish } from '../events/publish';
import { authorsSince, docOf, keep, mustBeSound, type NoteNow, readWhatIsSound } from './note-now';

type Kept = { readonly version: NoteVersion; readonly isNew: boolean };

const UNSOUND = 'This version holds something that a note may not hold any more.';

/**
 * Makes a note read as it did in a kept state: by a change of its own, which goes to everybody who has the note open
 * and merges with what they type meanwhile. What was there is kept as a point first, so that it can be brought back
 * too. A damaged note gets a new start from the version. @throws AppError conflict when the note reads so already.
 */
export async function restoreVersion(
  grant: Grant,
  noteId: string,
  versionId: string,
): Promise<NoteRestoration> {
  const key = noteKeyOf(grant, noteId);
  return database().transaction(async (tx) => {
    if ((await selectNote(tx, grant, noteId)) === null) throw notFound('note');
    await lockVersions(tx, key);
    const wanted = await selectVersion(tx, key, versionId);
    const state = await selectVersionState(tx, key, versionId);
    if (wanted === null || state === null) throw notFound('version of this note');
    const found = await readWhatIsSound(tx, key);
    const { userId } = grant.actor;
    const { now, kept } = found.isDamaged
      ? await beginAnew(tx, key, found, state, userId)
      : { now: found, kept: await keepBefore(tx, key, found) };
    const update = makeLike(now.doc, docOf(state));
    if (update === null && !found.isDamaged) {
      throw new AppError('conflict', 'The note reads just like this already.');
    }
    mustBeSound(now.doc, UNSOUND);
    if (update !== null) {
      const claims = [{ clientId: now.doc.clientID, announced: true }];
      // Every process that has the note open hears of the row and passes it on.
      await appendUpdates(tx, [{ key, entries: [{ update, userId, claims }] }], 'restore');
    }
    const version = await keep(tx, key, now.doc, {
      kind: 'restored',
      at: new Date(),
      createdBy: userId,
      restoredFrom: new Date(wanted.at),
      authorIds: [userId],
    });
    await settle(tx, grant, noteId, now.doc);
    if (kept.isNew) await publish(tx, grant, { type: 'note.version-created', subject: kept.version });
    await publish(tx, grant, { type: 'note.version-created', subject: version });
    return { version, before: kept.version };
  });
}

/**
 * Gives a damaged note a log that begins with all that can be saved of it, and with what the version holds. The damaged
 * log is kept for the record. Whoever has the note open has a part of that, and goes on with it.
 */
async function beginAnew(
  tx: Transaction,
  key: NoteKey,
  { owners }: NoteNow,
  state: Uint8Array,
  userId: string,
): Promise<{ now: NoteNow; kept: Kept }> {
  mustBeSound(docOf(state), UNSOUND);
  const { seq, ...stored } = await setLogAside(tx, key, userId);
  const now = { ...salvage(stored), owners };
  const kept = await keepBefore(tx, key, now);
  Y.applyUpdate(now.doc, state);
  mustBeSound(now.doc, UNSOUND);
  await beginLog(tx, key, Y.encodeStateAsUpdate(now.doc), seq);
  return { now, kept };
}

/** The point that holds the note as it is now, made where there is none. */
async function keepBefore(tx: Transaction, key: NoteKey, now: NoteNow): Promise<Kept> {
  const newest = await selectNewestPoint(tx, key);
  const before = newest && docOf(newest.state);
  if (newest !== null && before !== null && readsTheSame(before, now.doc)) {
    return { version: (await selectVersion(tx, key, newest.id)) as NoteVersion, isNew: false };
  }
  const authorIds = authorsSince(before, now);
  return { version: await keep(tx, key, now.doc, { kind: 'auto', at: new Date(), authorIds }), isNew: true };
}

/** Nobody's room may rest after this change: what the note says now is written down here. */
async function settle(tx: Transaction, grant: Grant, noteId: string, doc: Y.Doc): Promise<void> {
  const fragment = doc.getXmlFragment(NOTE_FRAGMENT);
  const rest = { text: noteText(fragment), annotationIds: chipIds(fragment) };
  const saved = await saveNoteRest(tx, grant, noteId, rest);
  if (saved === null) return;
  const subject = { ...saved.note, annotationIds: saved.annotationIds };
  await publish(tx, grant, { type: 'note.edited', subject });
}
