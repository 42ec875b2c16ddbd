import type { Decoder } from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { removeAwarenessStates } from 'y-protocols/awareness';
import { readSyncMessage } from 'y-protocols/sync';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { caretColor, NOTE_MESSAGE, readSaved, type Saved, SYNC_STEP } from '@/lib/notes/note-sync';
import { nameRedoPlaces } from '@/lib/notes/redo-places';
import { NOTE_SCHEMA_VERSION } from '@/lib/notes/schema-version';
import { noteWaiting } from '../live/note-waiting';
import { turnedAway } from '../live/turned-away';
import { countingSocket, type Sent } from './counting-socket';
import { type NoteFacts, stopOf } from './note-status';
import { NoteStore } from './note-store';
import { arePeople, clientsOf, type NotePerson, peopleIn } from './people-here';

const NOTICE_MS = 6_000;
/** How long the text kept on this machine is waited for: with it the server sends what is new only. */
const STORE_MS = 1_000;

/** One open note: its document, its socket, and what is known about both. Mounts of the same note share it. */
export class NoteSession {
  readonly projectId: string;
  readonly noteId: string;
  readonly me: NotePerson;
  readonly doc = new Y.Doc();
  readonly provider: WebsocketProvider;
  /** Called before what the server sent is taken in. */
  readonly beforeNews = new Set<() => void>();

  #facts: NoteFacts = {
    loaded: false,
    connected: false,
    trying: true,
    because: null,
    unsaved: 0,
    isDamaged: false,
    keptWords: null,
    stop: null,
    notice: null,
  };
  #people: readonly NotePerson[] = [];
  #sent: Sent = { messages: 0, answered: false };
  /** What the server said last on this socket. */
  #saved: Saved | null = null;
  /** Whether the server said on this socket that the note is damaged. */
  #saidDamaged = false;
  #notice: ReturnType<typeof setTimeout> | undefined;
  readonly #store: NoteStore;
  /** Resolves once it is known what waits here from before. */
  readonly restored: Promise<void>;
  /**
   * The changes that wait, by the client id they were made under. Each page has an id of its own, and Yjs takes a new
   * one when it meets its own on another side; what was made under the old ones still counts.
   */
  readonly #waiting = new Map<number, number>();
  #destroyed = false;
  #isOpened = false;
  #wantsConnection = false;
  /** Whether the line was lost since the text was last read from this machine. */
  #wasCut = false;
  readonly #listeners = new Set<() => void>();

  constructor(projectId: string, noteId: string, me: { id: string; name: string }) {
    this.projectId = projectId;
    this.noteId = noteId;
    nameRedoPlaces(this.doc);
    this.me = { id: me.id, name: me.name, color: caretColor(me.id) };
    const origin = location.origin.replace(/^http/, 'ws');
    this.provider = new WebsocketProvider(`${origin}/sync/${projectId}`, noteId, this.doc, {
      connect: false,
      // Through another tab a change could reach the document from a page with an older schema.
      disableBc: true,
      params: { ack: '1', schema: String(NOTE_SCHEMA_VERSION) },
      WebSocketPolyfill: countingSocket((sent) => {
        this.#sent = sent;
        this.#saved = null;
        this.#saidDamaged = false;
      }),
    });
    this.provider.messageHandlers[NOTE_MESSAGE.sync] = this.#onSync;
    this.provider.messageHandlers[NOTE_MESSAGE.saved] = this.#onSaved;
    this.provider.messageHandlers[NOTE_MESSAGE.damaged] = () => {
      this.#saidDamaged = true;
      this.#set({ isDamaged: true });
    };
    this.provider.on('status', ({ status }) => {
      this.#set({ connected: status === 'connected' && this.provider.synced });
      if (status === 'connected' && this.#wasCut) this.#readOtherPages();
    });
    this.provider.on('sync', (synced) => {
      if (!synced) return;
      this.#store.hasCome();
      const isDamaged = this.#saidDamaged;
      this.#set({ loaded: true, connected: true, trying: false, because: null, isDamaged });
    });
    this.provider.on('connection-close', (event) => {
      this.#wasCut = true;
      const because = (event && turnedAway(event.code, event.reason)) ?? null;
      this.#set({ trying: false, because });
    });
    this.provider.on('closed', ({ code }) => this.#set({ stop: stopOf(code), connected: false }));
    this.#store = new NoteStore({ personId: me.id, projectId, noteId }, this.doc);
    this.doc.on('update', (_update: Uint8Array, from: unknown) => {
      if (from === this.provider || this.#store.isOrigin(from)) return;
      const { clientID } = this.doc;
      this.#waiting.set(clientID, (this.#waiting.get(clientID) ?? 0) + 1);
      this.#tellWaiting();
    });
    this.provider.awareness.on('change', this.#readPeople);
    noteWaiting.open(noteId);
    this.restored = this.#store.restored.then((restored) => {
      if (restored === null || this.#destroyed) return;
      this.#takeOver(restored.own);
      this.#set({ keptWords: restored.words, ...(restored.came ? { loaded: true } : {}) });
    });
    void this.#open();
  }

  async #open(): Promise<void> {
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), STORE_MS));
    await Promise.race([this.restored, late]);
    this.#isOpened = true;
    if (this.#wantsConnection && !this.#destroyed) this.provider.connect();
  }

  /** Lets it look for the server, which has to know the note by then. */
  connect(): void {
    if (this.#wantsConnection) return;
    this.#wantsConnection = true;
    if (this.#isOpened) this.provider.connect();
  }

  /** A note made here without a connection: it is empty, and nothing has to come before it can be written. */
  begin(): void {
    this.#store.hasCome();
    this.#set({ loaded: true, trying: false });
  }

  /** Whether everything that waits would still be there after this page is closed. */
  isKept(): boolean {
    return this.#store.isKept();
  }

  /** Lets go of the changes that the server does not take, with all else that this machine keeps of the note. */
  async discard(): Promise<void> {
    this.#waiting.clear();
    noteWaiting.set(this.noteId, 0);
    await this.#store.discard();
  }

  /** The words kept from before an update are dealt with: this machine need not keep them any more. */
  letGoOfKeptWords(): void {
    this.#store.letGoOfWords();
    this.#set({ keptWords: null });
  }

  /** What other pages of this person wrote and could not send comes in, and goes out from here. */
  #readOtherPages(): void {
    this.#wasCut = false;
    this.#store
      .readAgain()
      .then((own) => {
        const others = [...own].filter(([id, count]) => id !== this.doc.clientID && count > 0);
        this.#takeOver(new Map(others));
      })
      .catch((error: unknown) => console.warn('What other pages wrote could not be read:', error));
  }

  #takeOver(own: ReadonlyMap<number, number>): void {
    for (const [id, count] of own) this.#waiting.set(id, Math.max(this.#waiting.get(id) ?? 0, count));
    this.#tellWaiting();
    // The machine may have been slower than the server, which says so once.
    this.#settle();
  }

  #tellWaiting(saved?: Uint8Array): void {
    const unsaved = [...this.#waiting.values()].reduce((sum, count) => sum + count, 0);
    this.#store.remember(new Map([[this.doc.clientID, 0], ...this.#waiting]), saved);
    noteWaiting.set(this.noteId, unsaved);
    this.#set({ unsaved });
  }

  /** For useSyncExternalStore. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly facts = (): NoteFacts => this.#facts;
  readonly people = (): readonly NotePerson[] => this.#people;

  /** Shows a short word in the state line. */
  notify(notice: string): void {
    clearTimeout(this.#notice);
    this.#notice = setTimeout(() => this.#set({ notice: null }), NOTICE_MS);
    this.#set({ notice });
  }

  /** Shows us to the others, or hides us while no mount of the note is left. */
  appear(here: boolean): void {
    const { awareness } = this.provider;
    if (!here) awareness.setLocalState(null);
    else if (awareness.getLocalState() === null) awareness.setLocalState({});
  }

  /** Takes people out of the picture who are known to be gone before their sockets are. */
  forgetPeople(userIds: readonly string[]): void {
    const { awareness } = this.provider;
    const gone = clientsOf(awareness, userIds);
    if (gone.length > 0) removeAwarenessStates(awareness, gone, 'gone');
  }

  /** The server can't be reached: the socket is given up, though it may not know yet, and looked for anew. */
  lineIsDead(): void {
    if (!this.provider.wsconnected) return;
    this.provider.disconnect();
    if (this.#facts.stop === null) this.provider.connect();
  }

  /** Asks to be let in again after a final close. */
  retry(): void {
    if (this.#facts.stop === 'broken') return;
    this.#set({ stop: null });
    this.provider.connect();
  }

  destroy(): void {
    this.#destroyed = true;
    noteWaiting.close(this.noteId);
    clearTimeout(this.#notice);
    this.#listeners.clear();
    this.provider.awareness.off('change', this.#readPeople);
    this.provider.destroy();
    this.provider.awareness.destroy();
    // The document takes what keeps it here with it.
    void this.#store.close().then(() => this.doc.destroy());
  }

  #set(change: Partial<NoteFacts>): void {
    const next = { ...this.#facts, ...change };
    const same = (Object.keys(next) as (keyof NoteFacts)[]).every((key) => next[key] === this.#facts[key]);
    if (same) return;
    this.#facts = next;
    for (const listener of this.#listeners) listener();
  }

  /** As y-websocket does it, but a change that cannot be applied ends the pretence of being in sync. */
  readonly #onSync = (
    encoder: encoding.Encoder,
    decoder: Decoder,
    provider: WebsocketProvider,
    emitSynced: boolean,
  ): void => {
    for (const look of this.beforeNews) look();
    encoding.writeVarUint(encoder, NOTE_MESSAGE.sync);
    let failed = false;
    const step = readSyncMessage(decoder, encoder, this.doc, provider, () => {
      failed = true;
    });
    if (failed) {
      this.#set({ stop: 'broken', connected: false });
      provider.disconnect();
    } else if (emitSynced && step === SYNC_STEP.answer) {
      provider.synced = true;
    }
  };

  readonly #onSaved = (_encoder: encoding.Encoder, decoder: Decoder): void => {
    this.#saved = readSaved(decoder);
    this.#settle();
  };

  /** Nothing waits any more once all that is in the document was sent and is saved. */
  #settle(): void {
    const saved = this.#saved;
    if (saved === null || !this.#sent.answered || saved.messages < this.#sent.messages) return;
    const ours = Y.decodeStateVector(Y.encodeStateVector(this.doc));
    for (const id of this.#waiting.keys()) {
      if ((saved.stateVector.get(id) ?? 0) < (ours.get(id) ?? 0)) return;
    }
    this.#waiting.clear();
    this.#tellWaiting(encodeVector(saved.stateVector));
  }

  readonly #readPeople = (): void => {
    const next = peopleIn(this.provider.awareness, this.me);
    if (arePeople(next, this.#people)) return;
    this.#people = next;
    for (const listener of this.#listeners) listener();
  };
}

function encodeVector(vector: ReadonlyMap<number, number>): Uint8Array {
  return Y.encodeStateVector(new Map(vector));
}
