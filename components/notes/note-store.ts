import { type IDBPDatabase, wrap } from 'idb';
import { fetchUpdates, IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import { keepNoteWaiting, noteDatabase } from '../live/kept';

/** The Yjs client ids this person wrote under on this machine, and how many changes of each are not confirmed. */
export type OwnIds = ReadonlyMap<number, number>;

/** What a note's database holds about the note when it is opened. */
export type Restored = {
  /** Whether the note has come from the server before, so that what is here is a note and not a beginning of one. */
  readonly came: boolean;
  readonly own: OwnIds;
};

type Note = { readonly personId: string; readonly projectId: string; readonly noteId: string };
const OWN = 'own/';

/**
 * How many changes wait under each of our ids. The counts were written beside the changes; where a count was cut off,
 * the document's clock against what the server last confirmed tells that something waits.
 */
export function waitingOf(
  counts: OwnIds,
  document: ReadonlyMap<number, number>,
  saved: ReadonlyMap<number, number>,
): Map<number, number> {
  const waiting = new Map<number, number>();
  for (const [id, count] of counts) {
    const isAhead = (document.get(id) ?? 0) > (saved.get(id) ?? 0);
    if (count > 0 || isAhead) waiting.set(id, Math.max(count, 1));
  }
  return waiting;
}

/** A note's text on this machine, with what is known of it: opens without a connection, and outlives a reload. */
export class NoteStore {
  readonly #note: Note;
  readonly #doc: Y.Doc;
  readonly #persistence: IndexeddbPersistence;
  /** Resolves to null when the browser keeps nothing. */
  readonly restored: Promise<Restored | null>;
  #own = new Map<number, number>();
  #saved: Uint8Array | null = null;
  #came = false;
  /** Ids whose changes are all confirmed: their rows are taken out. */
  readonly #dealtWith = new Set<number>();
  #changed = 0;
  #written = 0;
  #writing: Promise<void> | null = null;
  #closed = false;
  /** Whether it is known what was here before: until then nothing may be written over it. */
  #isRead = false;

  constructor(note: Note, doc: Y.Doc) {
    this.#note = note;
    this.#doc = doc;
    this.#persistence = new IndexeddbPersistence(
      noteDatabase(note.personId, note.projectId, note.noteId),
      doc,
    );
    this.restored = this.#restore();
  }

  /** Whether a change came out of this store. */
  isOrigin(origin: unknown): boolean {
    return origin === this.#persistence;
  }

  /** Whether all that was said here would still be there after the page is closed. */
  isKept(): boolean {
    return !this.#closed && this.#written === this.#changed;
  }

  /** Says what waits now. `saved`: the state vector the server confirmed last, in Yjs' own encoding. */
  remember(own: OwnIds, saved?: Uint8Array): void {
    for (const id of this.#own.keys()) if (!own.has(id)) this.#dealtWith.add(id);
    this.#own = new Map(own);
    if (saved !== undefined) this.#saved = saved;
    this.#changed++;
    this.#write();
  }

  /** The whole note is here now. */
  hasCome(): void {
    if (this.#came) return;
    this.#came = true;
    this.#changed++;
    this.#write();
  }

  /** Takes in what other pages of this person wrote meanwhile. */
  async readAgain(): Promise<OwnIds> {
    if (this.#closed || this.#persistence.db === null) return new Map();
    await fetchUpdates(this.#persistence);
    return (await this.#readFacts(this.#persistence.db)).own;
  }

  /** Closes it once what was said last is written down. */
  async close(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
    await this.#abandon();
  }

  async #abandon(): Promise<void> {
    this.#closed = true;
    await this.#persistence.destroy();
  }

  /** Lets go of all that is kept of the note here. */
  async discard(): Promise<void> {
    this.#closed = true;
    await this.#persistence.clearData();
    await keepNoteWaiting({ ...this.#note, waiting: 0 });
  }

  async #restore(): Promise<Restored | null> {
    try {
      await this.#persistence._db;
      await this.#persistence.whenSynced;
      const db = this.#persistence.db;
      if (db === null) return null;
      // Wiped from another page, at sign-out for example: what is typed from here on stays in this page.
      db.onversionchange = () => void this.#abandon();
      const facts = await this.#readFacts(db);
      this.#came ||= facts.came;
      this.#saved = facts.saved;
      const own = waitingOf(
        facts.own,
        Y.decodeStateVector(Y.encodeStateVector(this.#doc)),
        facts.saved ? Y.decodeStateVector(facts.saved) : new Map(),
      );
      for (const id of facts.own.keys()) if (!own.has(id)) this.#dealtWith.add(id);
      // Named before anything is written under it: after a cut-off the id still tells whose the changes are.
      this.#own = new Map([...own, [this.#doc.clientID, this.#own.get(this.#doc.clientID) ?? 0]]);
      this.#isRead = true;
      this.#changed++;
      this.#write();
      return { came: facts.came, own };
    } catch (error) {
      this.#closed = true;
      console.warn('The browser could not keep this note:', error);
      return null;
    }
  }

  async #readFacts(
    raw: IDBDatabase,
  ): Promise<{ came: boolean; own: Map<number, number>; saved: Uint8Array | null }> {
    const tx = (wrap(raw) as IDBPDatabase).transaction('custom');
    const keys = await tx.store.getAllKeys(IDBKeyRange.bound(OWN, `${OWN}\uffff`));
    const own = new Map<number, number>();
    for (const key of keys) own.set(Number(String(key).slice(OWN.length)), Number(await tx.store.get(key)));
    const came: unknown = await tx.store.get('came');
    const saved: unknown = await tx.store.get('saved');
    return { came: came === true, own, saved: saved instanceof Uint8Array ? saved : null };
  }

  /** Writes what is known, after the changes it is about: one transaction over both, so that neither is ahead. */
  #write(): void {
    const raw = this.#persistence.db;
    if (this.#writing !== null || this.#closed || !this.#isRead || raw === null) return;
    const goal = this.#changed;
    const own = new Map(this.#own);
    const gone = [...this.#dealtWith].filter((id) => !own.has(id));
    const work = async () => {
      const tx = (wrap(raw) as IDBPDatabase).transaction(['updates', 'custom'], 'readwrite');
      const custom = tx.objectStore('custom');
      for (const id of gone) void custom.delete(`${OWN}${id}`);
      for (const [id, count] of own) void custom.put(count, `${OWN}${id}`);
      if (this.#saved !== null) void custom.put(this.#saved, 'saved');
      if (this.#came) void custom.put(true, 'came');
      await tx.done;
      const waiting = [...own.values()].reduce((sum, count) => sum + count, 0);
      await keepNoteWaiting({ ...this.#note, waiting });
    };
    this.#writing = work()
      .then(() => {
        this.#written = goal;
        for (const id of gone) this.#dealtWith.delete(id);
      })
      .catch((error: unknown) => {
        this.#closed = true;
        console.warn('The browser could not keep this note:', error);
      })
      .finally(() => {
        this.#writing = null;
        if (this.#changed > goal) this.#write();
      });
  }
}
