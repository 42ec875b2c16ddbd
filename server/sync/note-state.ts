import * as Y from 'yjs';
import type { StoredNote } from '../../lib/notes/note-sync';
import { type Applied, NoteDocument } from './note-document';
import { answerFrame, updateFrame } from './sync-protocol';

/** What Yjs calls an update without content, and the state vector of somebody who has nothing. */
const EMPTY_UPDATE = Uint8Array.of(0, 0);
const EMPTY_VECTOR = Uint8Array.of(0);
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
  #document: NoteDocument | null = null;
  #vector: Uint8Array | null = null;
  /** The whole note, encoded, and the changes made to it since. */
  #whole: Uint8Array | null = null;
  #since: Uint8Array[] = [];
  #sinceBytes = 0;

  constructor(stored: StoredNote) {
    this.#stored = stored;
    // Rows of the log have to be put together first; a snapshot is the whole note already.
    if (stored.updates.length > 0) this.#open();
    else this.#whole = stored.snapshot ?? EMPTY_UPDATE;
  }

  #open(): NoteDocument {
    if (this.#document === null) {
      this.#document = new NoteDocument(this.#stored);
      this.#stored = { snapshot: null, updates: [] };
    }
    return this.#document;
  }

  /** Takes an update from outside in. @throws when it is none; what it holds is then not to be trusted. */
  apply(update: Uint8Array): Applied {
    return this.#note(this.#open().apply(update));
  }

  /** Takes committed content in, all before anybody looks. */
  applyStored(stored: StoredNote): Applied {
    return this.#note(this.#open().applyStored(stored));
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

  /** Its text and the annotations quoted in it. */
  content(): { text: string; annotationIds: string[] } {
    return this.#open().content();
  }

  destroy(): void {
    this.#document?.destroy();
  }
}
