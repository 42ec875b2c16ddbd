import { createHash } from 'node:crypto';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import type { Mention } from '../../lib/notes/mention';
import { chipIds, mentionsIn, noteText } from '../../lib/notes/note-content';
import { NOTE_POLICY } from '../../lib/notes/note-policy';
import { applyStored, isWaiting, type StoredNote } from '../../lib/notes/note-sync';
import { readingOf } from '../../lib/notes/restore';
import { NOTE_FRAGMENT } from '../../lib/notes/schema-version';
import type { Claim } from '../../lib/notes/update-pack';
import { auditDocument } from '../../lib/update-gate/audit';
import type { ClientOwners } from '../../lib/update-gate/client-owners';
import { UpdateGate } from '../../lib/update-gate/update-gate';
import { MalformedMessage } from './byte-reader';
import { type Damage, lastGood } from './last-good';

/** What came of an update. */
export type Applied = {
  /** The changes it really made. */
  readonly changes: readonly Uint8Array[];
  /** Part of it builds on what is missing. */
  readonly gap: boolean;
  /** Client ids that became the sender's with it. */
  readonly claims: readonly Claim[];
  /** Client ids of others under which it had something new: that was left out. */
  readonly withheld: readonly number[];
  /** It would have changed a damaged note, which can only be read: nothing of it was applied. */
  readonly isPassedOver?: true;
};

/** What a note holds when it comes to rest. */
export type NoteAtRest = {
  /** The plain text, and the annotations that stand in it as quote chips. */
  readonly text: string;
  readonly annotationIds: readonly string[];
  /** Who is named by `@`, and by whom; null where it is not known. */
  readonly mentions: readonly Mention[];
  /** All of it as one update (version 1), and a SHA-256 of what can be read in it (`readingOf`), base64. */
  readonly state: Uint8Array;
  readonly reading: string;
};

/** What comes of an update with nothing in it. */
export const NOTHING: Applied = { changes: [], gap: false, claims: [], withheld: [] };
const PASSED_OVER: Applied = { ...NOTHING, isPassedOver: true };

/**
 * The Yjs document of an open note, with the gate before it. After a method threw anything but a MalformedMessage,
 * what it holds may be half an update: throw it away and build another from the log.
 */
export class NoteDocument {
  readonly #doc: Y.Doc;
  readonly #fragment: Y.XmlFragment;
  readonly #gate: UpdateGate;
  readonly #owners: ClientOwners;
  /** What is wrong with the log, if anything: the note is as it was before, and cannot be changed. */
  readonly damage: Damage | null;
  #changes: Uint8Array[] = [];
  #isCatchingUp = false;

  /** `owners` knows whose the client ids are, those of the stored note included. */
  constructor(stored: StoredNote, owners: ClientOwners) {
    const loaded = load(stored);
    this.#doc = loaded.doc;
    this.damage = loaded.damage;
    this.#fragment = this.#doc.getXmlFragment(NOTE_FRAGMENT);
    this.#letGo();
    this.#gate = new UpdateGate(this.#doc, NOTE_POLICY);
    this.#owners = owners;
    this.#doc.on('afterAllTransactions', (_doc, [, ...cleanups]: Y.Transaction[]) => {
      // Yjs tidies up formatting after what others changed, with deletions of its own.
      for (const { deleteSet } of cleanups) {
        if (deleteSet.clients.size > 0 && !this.#isCatchingUp)
          this.#changes.push(deletionsAsUpdate(deleteSet));
      }
    });
  }

  /**
   * Applies what a user sent, as far as the gate lets it through: just that part is stored and passed on, as it came.
   * Of a part with a gap the sender can be asked again. The bytes are kept.
   * @throws MalformedMessage when it is refused, before anything changed; DocumentHarmed when it did harm all the same.
   */
  apply(update: Uint8Array, userId: string): Applied {
    const { store } = this.#doc;
    const verdict = this.#gate.judge(update, (clientId) =>
      this.#owners.ownership(clientId, userId, store.clients.has(clientId)),
    );
    if (verdict.kind === 'refuse') throw new MalformedMessage(`Refused: ${verdict.reason}`);
    const gap = verdict.kind === 'gap';
    const { withheld } = verdict;
    // What builds on what came after the damage can't be asked for, either.
    if (this.damage !== null && (gap || verdict.part !== null)) return PASSED_OVER;
    if (verdict.part === null) return { ...NOTHING, gap, withheld };
    this.#changes = [verdict.part];
    this.#gate.take(verdict);
    const claims = verdict.claims.length > 0 ? this.#owners.claim(verdict.claims, userId) : NOTHING.claims;
    return { changes: this.#changes, gap, claims, withheld };
  }

  /** Applies committed rows, all before anybody looks. */
  applyStored(stored: StoredNote): Applied {
    if (this.damage !== null) return NOTHING;
    this.#changes = [];
    const keep = (update: Uint8Array) => this.#changes.push(update);
    // In fresh bytes: most of what is stored may be here already.
    this.#doc.on('update', keep);
    this.#isCatchingUp = true;
    applyStored(this.#doc, stored);
    this.#isCatchingUp = false;
    this.#doc.off('update', keep);
    this.#owners.learn(stored.clients ?? []);
    return { ...NOTHING, changes: this.#changes, gap: this.#letGo() };
  }

  /** Lets go what waits for something missing; answers whether there was any. */
  #letGo(): boolean {
    if (!isWaiting(this.#doc)) return false;
    this.#doc.store.pendingStructs = null;
    this.#doc.store.pendingDs = null;
    return true;
  }

  /** How much of a client id is here, in clock ticks. */
  clockOf(clientId: number): number {
    return Y.getState(this.#doc.store, clientId);
  }

  /** Whether this user may write under a client id. */
  isTheirs(clientId: number, userId: string): boolean {
    return this.#owners.ownership(clientId, userId, this.#doc.store.clients.has(clientId)) !== 'other';
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.#doc);
  }

  /** All that somebody with this state vector lacks. @throws when the vector is none. */
  since(stateVector: Uint8Array): Uint8Array {
    return Y.encodeStateAsUpdate(this.#doc, stateVector);
  }

  content(): NoteAtRest {
    return {
      text: noteText(this.#fragment),
      annotationIds: chipIds(this.#fragment),
      mentions: mentionsIn(this.#fragment).map(({ userId, clientId }) => ({
        userId,
        byId: this.#owners.ownerOf(clientId),
      })),
      state: Y.encodeStateAsUpdate(this.#doc),
      reading: createHash('sha256').update(readingOf(this.#doc)).digest('base64'),
    };
  }

  destroy(): void {
    this.#doc.destroy();
  }
}

/** Deletions alone as an update: no structs, then per client the ranges (version 1 encoding). */
function deletionsAsUpdate({ clients }: Y.Transaction['deleteSet']): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 0);
  encoding.writeVarUint(encoder, clients.size);
  for (const [client, ranges] of clients) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, ranges.length);
    for (const { clock, len } of ranges) {
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarUint(encoder, len);
    }
  }
  return encoding.toUint8Array(encoder);
}

/** The document of a stored note; where its log holds what must not be there, as it was before that. */
function load(stored: StoredNote): { doc: Y.Doc; damage: Damage | null } {
  const doc = new Y.Doc();
  let fault: string | null;
  try {
    applyStored(doc, stored);
    fault = auditDocument(doc, NOTE_POLICY);
  } catch (error) {
    fault = error instanceof Error ? error.message : String(error);
  }
  if (fault === null) return { doc, damage: null };
  doc.destroy();
  return lastGood(stored, fault);
}
