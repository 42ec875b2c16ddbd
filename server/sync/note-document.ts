import * as Y from 'yjs';
import { NOTE_FRAGMENT } from '../../lib/notes/note';
import { chipIds, noteText } from '../../lib/notes/note-content';
import { applyStored, isWaiting, type StoredNote } from '../../lib/notes/note-sync';

/** What came of an update: the changes it really made, and whether part of it builds on what is missing. */
export type Applied = { readonly changes: readonly Uint8Array[]; readonly gap: boolean };

/**
 * The Yjs document of an open note. After a method threw, what it holds may be half an update: throw it
 * away and build another from the log.
 */
export class NoteDocument {
  readonly #doc = new Y.Doc();
  readonly #fragment = this.#doc.getXmlFragment(NOTE_FRAGMENT);
  #changes: Uint8Array[] = [];

  constructor(stored: StoredNote) {
    applyStored(this.#doc, stored);
    this.#letGo();
    this.#doc.on('update', (update: Uint8Array) => this.#changes.push(update));
  }

  /**
   * Applies an update from outside. What it made is told in fresh bytes, so that only what was really
   * taken in is stored and passed on; a part with a gap is let go, for the sender can be asked again.
   */
  apply(update: Uint8Array): Applied {
    this.#changes = [];
    Y.applyUpdate(this.#doc, update);
    return { changes: this.#changes, gap: this.#letGo() };
  }

  /** Applies committed rows, all before anybody looks. */
  applyStored(stored: StoredNote): Applied {
    this.#changes = [];
    applyStored(this.#doc, stored);
    return { changes: this.#changes, gap: this.#letGo() };
  }

  /** Lets go what waits for something missing; answers whether there was any. */
  #letGo(): boolean {
    if (!isWaiting(this.#doc)) return false;
    this.#doc.store.pendingStructs = null;
    this.#doc.store.pendingDs = null;
    return true;
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.#doc);
  }

  /** All that somebody with this state vector lacks. @throws when the vector is none. */
  since(stateVector: Uint8Array): Uint8Array {
    return Y.encodeStateAsUpdate(this.#doc, stateVector);
  }

  content(): { text: string; annotationIds: string[] } {
    return { text: noteText(this.#fragment), annotationIds: chipIds(this.#fragment) };
  }

  destroy(): void {
    this.#doc.destroy();
  }
}
