import * as Y from 'yjs';
import type { Db } from '../../db/client';
import { loadNote } from '../../db/note-log';
import { insertVersion, selectVersion } from '../../db/note-versions';
import type { NoteKey } from '../../lib/access/note-key';
import { AppError } from '../../lib/errors';
import { newId } from '../../lib/new-id';
import { NOTE_POLICY } from '../../lib/notes/note-policy';
import { applyStored } from '../../lib/notes/note-sync';
import type { NoteVersion } from '../../lib/notes/version';
import { auditDocument } from '../../lib/update-gate/audit';

/** A note as it is stored now, and whose the client ids in it are. */
export type NoteNow = { readonly doc: Y.Doc; readonly owners: ReadonlyMap<number, string> };

/** Reads a note as it is stored now. @throws AppError conflict when its log is damaged. */
export async function readNow(db: Db, key: NoteKey): Promise<NoteNow> {
  const stored = await loadNote(db, key);
  const doc = new Y.Doc();
  applyStored(doc, stored);
  mustBeSound(doc, 'This note is damaged: it can be read, but not changed.');
  const owned = (stored.clients ?? []).flatMap(({ clientId, userId }) =>
    userId === null ? [] : [[clientId, userId] as const],
  );
  return { doc, owners: new Map(owned) };
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

/** Keeps the note as it is now, as a point of its own. */
export async function keep(
  db: Db,
  key: NoteKey,
  doc: Y.Doc,
  version: Omit<Parameters<typeof insertVersion>[2], 'id' | 'state'>,
): Promise<NoteVersion> {
  const id = newId();
  await insertVersion(db, key, { ...version, id, state: Y.encodeStateAsUpdate(doc) });
  return (await selectVersion(db, key, id)) as NoteVersion;
}
