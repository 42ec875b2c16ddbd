import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import type { ClientRecord } from '../update-gate/client-owners';

/**
 * The first number of every message on a note's socket. `saved` and `damaged` are ours, the others are y-websocket's.
 * `damaged` has nothing after it: the note is shown as it was before its log was damaged, and can only be read.
 */
export const NOTE_MESSAGE = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  saved: 100,
  damaged: 101,
} as const;
/** The second number of a sync message, as y-protocols has it. */
export const SYNC_STEP = { stateVector: 0, answer: 1, update: 2 } as const;

/** What the server says to a socket opened with `?ack=1` once Postgres has committed. */
export type Saved = {
  /** Per Yjs client id, how many of its clock ticks are durable. */
  readonly stateVector: ReadonlyMap<number, number>;
  /**
   * How many of the messages sent on this socket that carry changes are durable. Deleting moves no
   * clock, so the vector alone cannot tell that a deletion is saved; this can.
   */
  readonly messages: number;
};

/** One whole socket message that says what is saved; `stateVector` is in Yjs' own encoding. */
export function writeSaved(stateVector: Uint8Array, messages: number): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, NOTE_MESSAGE.saved);
  encoding.writeVarUint8Array(encoder, stateVector);
  encoding.writeVarUint(encoder, messages);
  return encoding.toUint8Array(encoder);
}

/** Reads what follows the type number; meant for `provider.messageHandlers[NOTE_MESSAGE.saved]`. */
export function readSaved(decoder: decoding.Decoder): Saved {
  const stateVector = Y.decodeStateVector(decoding.readVarUint8Array(decoder));
  return { stateVector, messages: decoding.readVarUint(decoder) };
}

/** Whether a message a client sends is one that `Saved.messages` counts. */
export function carriesChanges(message: Uint8Array): boolean {
  return (
    message[0] === NOTE_MESSAGE.sync && (message[1] === SYNC_STEP.answer || message[1] === SYNC_STEP.update)
  );
}

/** Whether all that this document holds, deletions apart, is durable by this state vector. */
export function isSaved(doc: Y.Doc, stateVector: ReadonlyMap<number, number>): boolean {
  for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
    if ((stateVector.get(client) ?? 0) < clock) return false;
  }
  return true;
}

/** A note as it is stored: a snapshot, if it was ever compacted, and the updates since, oldest first. */
export type StoredNote = {
  readonly snapshot: Uint8Array | null;
  readonly updates: readonly Uint8Array[];
  /** The snapshot is all there is, and was found to be sound when just these bytes were written. */
  readonly isMarked?: boolean;
  /** The state vector of a marked snapshot. */
  readonly vector?: Uint8Array | null;
  /** Whose the client ids in it are. */
  readonly clients?: readonly ClientRecord[];
};

/**
 * Applies a stored note to a document in one transaction: merging a long log update by update instead
 * (`Y.mergeUpdates`) takes hundreds of times longer.
 */
export function applyStored(doc: Y.Doc, stored: StoredNote, origin?: unknown): void {
  doc.transact((transaction) => {
    if (stored.snapshot !== null) Y.applyUpdate(doc, stored.snapshot, origin);
    for (const update of stored.updates) Y.applyUpdate(doc, update, origin);
    // Yjs tidies up formatting after what came from elsewhere, with deletions that would be stored nowhere.
    transaction.local = true;
  }, origin);
}

/** The state vector of the document that an update is the whole of; @throws when it is no update. */
export const stateVectorOf = (update: Uint8Array): Uint8Array => Y.encodeStateVectorFromUpdate(update);

/** Whether a document holds back changes because something they build on has not come. */
export function isWaiting(doc: Y.Doc): boolean {
  return doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
}

/** The same note as one update, or null when its log has a gap or is not sound, and must be kept as it is. */
export function mergeStored(
  stored: StoredNote,
  isSound: (doc: Y.Doc) => boolean = () => true,
): Uint8Array | null {
  const doc = new Y.Doc();
  try {
    applyStored(doc, stored);
    return isWaiting(doc) || !isSound(doc) ? null : Y.encodeStateAsUpdate(doc);
  } finally {
    doc.destroy();
  }
}

/** Dark enough for white names on them (at least 4.5:1), apart enough for eight people. */
const CARET_COLORS = [
  '#b42318',
  '#175cd3',
  '#067647',
  '#93370d',
  '#6941c6',
  '#c11574',
  '#0e7090',
  '#3f621a',
] as const;

/** The colour of a person's caret, the same for everyone and in every note, as `#rrggbb`. */
export function caretColor(userId: string): string {
  let hash = 0;
  for (let at = 0; at < userId.length; at++) hash = (hash * 31 + userId.charCodeAt(at)) >>> 0;
  return CARET_COLORS[hash % CARET_COLORS.length] ?? CARET_COLORS[0];
}
