import { type IDBPDatabase, wrap } from 'idb';
import { fetchUpdates, IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import { NOTE_SCHEMA_VERSION } from '@/lib/notes/schema-version';
import { keepNoteWaiting, noteDatabase } from '../live/kept';
import { FACTS, OWN, type OwnIds, readFacts, waitingOf } from './note-facts-store';
import { dropOlder, type Older, readOlder } from './older-notes';

/** What a note's database holds about the note when it is opened. */
export type Restored = {
  /** Whether the note has come from the server before, so that what is here is a note and not a beginning of one. */
  readonly came: boolean;
  readonly own: OwnIds;
  /** Words that were kept under an older schema and not sent, where they cannot be taken over; null when there are none. */
  readonly words: string | null;
};

type Note = { readonly personId: string; readonly projectId: string; readonly noteId: string };
/** What comes out of a database of an older schema comes in with this origin. */
const OLDER = Symbol('older');

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
  /** Databases of older schemas that are taken away once what was in them is written down here. */
  #emptied: string[] = [];
  /** Those whose words wait for their writer to decide. */
  #words: { name: string; waiting: number }[] = [];
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
    return origin === this.#persistence || origin === OLDER;
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
    return (await readFacts(wrap(this.#persistence.db) as IDBPDatabase)).own;
  }

  /** The words of older schemas are dealt with: they are taken away, once all that was said here is written down. */
  letGoOfWords(): void {
    this.#emptied.push(...this.#words.map(({ name }) => name));
    this.#words = [];
    this.#changed++;
    this.#write();
  }

  #inWords(): number {
    return this.#words.reduce((sum, { waiting }) => sum + waiting, 0);
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
    await keepNoteWaiting({ ...this.#note, waiting: this.#inWords() });
  }

  async #restore(): Promise<Restored | null> {
    try {
      await this.#persistence._db;
      await this.#persistence.whenSynced;
      const db = this.#persistence.db;
      if (db === null) return null;
      // Wiped from another page, at sign-out for example: what is typed from here on stays in this page.
      db.onversionchange = () => void this.#abandon();
      const facts = await readFacts(wrap(db) as IDBPDatabase);
      const { personId, projectId, noteId } = this.#note;
      const older = await readOlder(personId, projectId, noteId).catch((error: unknown): Older[] => {
        console.warn('What was kept before an update of Gloss could not be read:', error);
        return [];
      });
      const takenOver = this.#takeOver(older);
      const came = facts.came || takenOver.came;
      this.#came ||= came;
      this.#saved = facts.saved;
      const own = waitingOf(
        facts.own,
        Y.decodeStateVector(Y.encodeStateVector(this.#doc)),
        facts.saved ? Y.decodeStateVector(facts.saved) : new Map(),
      );
      for (const id of facts.own.keys()) if (!own.has(id)) this.#dealtWith.add(id);
      // Named before anything is written under it: after a cut-off the id still tells whose the changes are.
      const all = new Map([...takenOver.own, ...own]);
      this.#own = new Map([...all, [this.#doc.clientID, this.#own.get(this.#doc.clientID) ?? 0]]);
      this.#isRead = true;
      this.#changed++;
      this.#write();
      return { came, own: all, words: takenOver.words };
    } catch (error) {
      this.#closed = true;
      console.warn('The browser could not keep this note:', error);
      return null;
    }
  }

  /** Takes over what can be from databases of older schemas; for the rest their writer is asked. */
  #takeOver(older: readonly Older[]): { came: boolean; own: Map<number, number>; words: string | null } {
    const own = new Map<number, number>();
    const words: string[] = [];
    let came = false;
    for (const { name, note } of older) {
      if (note.kind === 'words') {
        words.push(note.words);
        this.#words.push({ name, waiting: note.waiting });
      } else {
        Y.applyUpdate(this.#doc, note.update, OLDER);
        for (const [id, count] of note.own) own.set(id, count);
        came ||= note.came;
        this.#emptied.push(name);
      }
    }
    return { came, own, words: words.length > 0 ? words.join('\n') : null };
  }

  /** Writes what is known, after the changes it is about: one transaction over both, so that neither is ahead. */
  #write(): void {
    const raw = this.#persistence.db;
    if (this.#writing !== null || this.#closed || !this.#isRead || raw === null) return;
    const goal = this.#changed;
    const own = new Map(this.#own);
    const gone = [...this.#dealtWith].filter((id) => !own.has(id));
    const emptied = this.#emptied;
    this.#emptied = [];
    const work = async () => {
      const tx = (wrap(raw) as IDBPDatabase).transaction(['updates', FACTS], 'readwrite');
      const custom = tx.objectStore(FACTS);
      void custom.put(NOTE_SCHEMA_VERSION, 'schema');
      for (const id of gone) void custom.delete(`${OWN}${id}`);
      for (const [id, count] of own) void custom.put(count, `${OWN}${id}`);
      if (this.#saved !== null) void custom.put(this.#saved, 'saved');
      if (this.#came) void custom.put(true, 'came');
      await tx.done;
      const waiting = [...own.values()].reduce((sum, count) => sum + count, this.#inWords());
      await keepNoteWaiting({ ...this.#note, waiting });
      await dropOlder(emptied);
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
