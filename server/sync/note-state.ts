import * as Y from 'yjs';
import type { NoteKey } from '../../lib/access/note-key';
import type { StoredNote } from '../../lib/notes/note-sync';
import type { Claim } from '../../lib/notes/update-pack';
import { ClientOwners } from '../../lib/update-gate/client-owners';
import { type Damage, reportDamage } from './last-good';
import type { Log } from './log';
import { type Applied, NOTHING, type NoteAtRest, NoteDocument } from './note-document';
import { answerFrame, updateFrame } from './sync-protocol';

/** What Yjs calls an update without content, and the state vector of somebody who has nothing. */
const EMPTY_UPDATE = Uint8Array.of(0, 0);
const EMPTY_VECTOR = Uint8Array.of(0);
const isEmpty = (update: Uint8Array) => update.length === 2 && update[0] === 0 && update[1] === 0;
const NO_CLAIMS: readonly Claim[] = [];
/** The whole note is encoded anew for newcomers when what came since is so much. */
const MAX_SINCE = 500;
const MAX_SINCE_BYTES = 64 * 1024;

/**
 * What an open note holds, as cheaply as it can be had. A note that is only read stays the bytes it is stored as: no
 * document is built until somebody writes, or comes back with a part of it. Newcomers get the whole note encoded
 * once and the changes since, not each an encoding of their own.
 */
export class NoteState {
  #stored: StoredNote;
  readonly #owners: ClientOwners;
  readonly #report: (damage: Damage) => void;
  #document: NoteDocument | null = null;
  #vector: Uint8Array | null = null;
  /** A client id that somebody may have announced just now. */
  #announced: number | null = null;
  /** The whole note, encoded, and the changes made to it since. */
  #whole: Uint8Array | null = null;
  #since: Uint8Array[] = [];
  #sinceBytes = 0;

  /**
   * `announcedBy` tells which user said on a socket that they write under a client id; null for nobody. The log hears
   * of it when what is stored is damaged.
   */
  constructor(
    stored: StoredNote,
    announcedBy: (clientId: number) => string | null,
    key: Pick<NoteKey, 'noteId'>,
    log: Pick<Log, 'error'>,
  ) {
    this.#stored = stored;
    this.#report = (damage) => reportDamage(log, key, damage);
    this.#owners = new ClientOwners(announcedBy);
    this.#owners.learn(stored.clients ?? []);
    // Rows of the log have to be put together first; a snapshot is the whole note already, and whoever opens it trusts
    // that it is sound.
    const isWhole = stored.updates.length === 0 && (stored.snapshot === null || stored.isMarked === true);
    if (!isWhole) this.#open();
    else {
      this.#whole = stored.snapshot ?? EMPTY_UPDATE;
      this.#vector = stored.vector ?? null;
    }
  }

  #open(): NoteDocument {
    if (this.#document === null) {
      this.#document = new NoteDocument(this.#stored, this.#owners);
      this.#stored = { snapshot: null, updates: [] };
      if (this.#document.damage !== null) this.#report(this.#document.damage);
    }
    return this.#document;
  }

  /** Whether what is stored was found to be damaged. */
  get isDamaged(): boolean {
    return this.#document !== null && this.#document.damage !== null;
  }

  /** Takes in what the gate lets through of a user's update. @throws when it did harm: this is not to be trusted then. */
  apply(update: Uint8Array, userId: string): Applied {
    // What a newcomer answers to our state vector. It needs no document, and most who open a note only read it.
    if (isEmpty(update)) return NOTHING;
    return this.#note(this.#open().apply(update, userId));
  }

  /** Takes committed content in, all before anybody looks. */
  applyStored(stored: StoredNote): Applied {
    return this.#note(this.#open().applyStored(stored));
  }

  /** Whether a user may say that they write under a client id. */
  mayAnnounce(clientId: number, userId: string): boolean {
    if (!this.#owners.mayAnnounce(clientId, userId)) return false;
    this.#announced = clientId;
    return true;
  }

  /** The id that a user has just announced, if others had only passed on what it carries: it is theirs from now on. */
  takeBack(userId: string): readonly Claim[] {
    if (this.#announced === null) return NO_CLAIMS;
    const clientId = this.#announced;
    this.#announced = null;
    return this.#owners.isTakenBack(clientId, userId) ? this.#owners.claim([clientId], userId) : NO_CLAIMS;
  }

  /** How much of a client id is here, in clock ticks. */
  clockOf(clientId: number): number {
    return this.#open().clockOf(clientId);
  }

  /** Whether this user may write under a client id. */
  isTheirs(clientId: number, userId: string): boolean {
    return this.#open().isTheirs(clientId, userId);
  }

  #note(applied: Applied): Applied {
    if (applied.changes.length === 0) return applied;
    this.#vector = null;
    for (const change of applied.changes) {
      this.#since.push(change);
      this.#sinceBytes += change.length;
    }
    if (this.#since.length > MAX_SINCE || this.#sinceBytes > MAX_SINCE_BYTES) {
      this.#whole = null;
      this.#forgetSince();
    }
    return applied;
  }

  #forgetSince(): void {
    this.#since = [];
    this.#sinceBytes = 0;
  }

  stateVector(): Uint8Array {
    if (this.#vector === null) {
      this.#vector = this.#document
        ? this.#document.stateVector()
        : Y.encodeStateVectorFromUpdate(this.#stored.snapshot ?? EMPTY_UPDATE);
    }
    return this.#vector;
  }

  /**
   * The frames that give somebody with this state vector all they lack; after the last one their client calls
   * itself synced. @throws when the vector is none.
   */
  answer(stateVector: Uint8Array): Buffer {
    const isNew = stateVector.length === 1 && stateVector[0] === EMPTY_VECTOR[0];
    if (!isNew) return answerFrame(this.#open().since(Uint8Array.from(stateVector)));
    if (this.#whole === null) {
      this.#whole = this.#open().since(EMPTY_VECTOR);
      this.#forgetSince();
    }
    if (this.#since.length === 0) return answerFrame(this.#whole);
    // The answer itself comes last: nobody is to think they have all before they do.
    return Buffer.concat([
      updateFrame(this.#whole),
      ...this.#since.map(updateFrame),
      answerFrame(EMPTY_UPDATE),
    ]);
  }

  /** All that somebody with this state vector lacks, as one update. */
  since(stateVector: Uint8Array): Uint8Array {
    return this.#open().since(stateVector);
  }

  /** What it holds, for when it comes to rest. */
  content(): NoteAtRest {
    return this.#open().content();
  }

  destroy(): void {
    this.#document?.destroy();
  }
}
