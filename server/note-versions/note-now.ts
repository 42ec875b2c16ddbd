import * as Y from 'yjs';
import type { Db } from '../../db/client';
import { loadNote } from '../../db/note-log';
import { insertVersion, selectVersion } from '../../db/note-versions';
import type { NoteKey } from '../../lib/access/note-key';
import { AppError } from '../../lib/errors';
import { newId } from '../../lib/new-id';
import { NOTE_POLICY } from '../../lib/notes/note-policy';
import { salvage } from '../../lib/notes/salvage';
import type { NoteVersion } from '../../lib/notes/version';
import { auditDocument } from '../../lib/update-gate/audit';

/**
 * A note as it is stored now, and whose the client ids in it are. Of a damaged note it is what can be saved: all that
 * was written but for what must not be there, and what builds on that.
 */
export type NoteNow = {
  readonly doc: Y.Doc;
  readonly owners: ReadonlyMap<number, string>;
  readonly isDamaged: boolean;
};

/** Reads a note as it is stored now, or what can be saved of it when it is damaged. */
export async function readWhatIsSound(db: Db, key: NoteKey): Promise<NoteNow> {
  const stored = await loadNote(db, key);
  const owned = (stored.clients ?? []).flatMap(({ clientId, userId }) =>
    userId === null ? [] : [[clientId, userId] as const],
  );
  return { ...salvage(stored), owners: new Map(owned) };
}

/** Reads a note as it is stored now. @throws AppError conflict when its log is damaged. */
export async function readNow(db: Db, key: NoteKey): Promise<NoteNow> {
  const now = await readWhatIsSound(db, key);
  if (now.isDamaged) {
    throw new AppError('conflict', 'This note is damaged: it can be read, but not changed.');
  }
  return now;
}

/** @throws AppError conflict, in these words, when a document holds what a note may not. */
export function mustBeSound(doc: Y.Doc, words: string): void {
  if (auditDocument(doc, NOTE_POLICY) !== null) throw new AppError('conflict', words);
}

/** A document of its own of a kept state. */
export function docOf(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return doc;
}

/** Who wrote in a note since an earlier state of it. Who only deleted can't be told from the text. */
export function authorsSince(earlier: Y.Doc | null, { doc, owners }: NoteNow): string[] {
  const before = earlier === null ? new Map() : clocksOf(earlier);
  const ids = [...clocksOf(doc)].flatMap(([client, clock]) =>
    clock > (before.get(client) ?? 0) ? (owners.get(client) ?? []) : [],
  );
  return [...new Set(ids)];
}

function clocksOf(doc: Y.Doc): Map<number, number> {
  return Y.decodeStateVector(Y.encodeStateVector(doc));
}

/** Keeps the note as it is now, a document or all of it as one update, as a point of its own. */
export async function keep(
  db: Db,
  key: NoteKey,
  now: Y.Doc | Uint8Array,
  version: Omit<Parameters<typeof insertVersion>[2], 'id' | 'state'>,
): Promise<NoteVersion> {
  const id = newId();
  const state = now instanceof Uint8Array ? now : Y.encodeStateAsUpdate(now);
  await insertVersion(db, key, { ...version, id, state });
  return (await selectVersion(db, key, id)) as NoteVersion;
}
