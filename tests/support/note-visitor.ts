import { initProseMirrorDoc, updateYFragment } from '@tiptap/y-tiptap';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import { readSyncMessage } from 'y-protocols/sync';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { carriesChanges, NOTE_MESSAGE, readSaved, type Saved, SYNC_STEP } from '@/lib/notes/note-sync';
import { nameRedoPlaces } from '@/lib/notes/redo-places';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';
import type { Seeded } from './gate/seeded';
import { editOnce, noteSchema } from './gate/tiptap-edits';

/** So many clock ticks from one on, all deleted. */
export type Deleted = { readonly client: number; readonly clock: number; readonly length: number };

/** What somebody was told is saved. */
export type Promised = {
  readonly clocks: ReadonlyMap<number, number>;
  readonly deleted: readonly Deleted[];
};

type Sent = { messages: number; answered: boolean };

const EDITOR = Symbol('editor');

/** A socket that counts what the server counts in `Saved.messages`, as the page's own does. */
function countingSocket(onOpen: (sent: Sent) => void): typeof globalThis.WebSocket {
  class CountingSocket extends WebSocket {
    readonly #sent: Sent = { messages: 0, answered: false };

    constructor(url: string) {
      super(url);
      onOpen(this.#sent);
    }

    override send(data: Uint8Array): void {
      if (carriesChanges(data)) {
        this.#sent.messages++;
        if (data[1] === SYNC_STEP.answer) this.#sent.answered = true;
      }
      super.send(data);
    }
  }
  // The types of ws and of the browser differ in what nobody here uses.
  return CountingSocket as unknown as typeof globalThis.WebSocket;
}

/** Where a visitor finds the note. */
export type Door = {
  readonly noteId: string;
  /** Proves who they are. */
  readonly token: string;
  /** The address of a process, without the note. */
  address(slot: number): string;
  /** How many processes there are. */
  readonly slots: number;
};

/**
 * An honest person with the editor open on a note: they write as the editor's binding does, undo, lose the line, come
 * back to another process, and open the page anew, over the stock provider. Keeps what they were told is saved.
 */
export class NoteVisitor {
  readonly name: string;
  doc = new Y.Doc();
  /** What an honest person should never meet. */
  readonly faults: string[] = [];
  /** Whether this close is one that an honest client may see now. */
  readonly #mayClose: (code: number, reason: string) => boolean;
  readonly #door: Door;
  readonly #random: Seeded;
  #slot: number;
  #provider: WebsocketProvider | null = null;
  #undo: Y.UndoManager | null = null;
  #sent: Sent = { messages: 0, answered: false };
  #saved: Saved | null = null;
  /** The client ids that what this page holds was written under here. */
  readonly #own = new Set<number>();
  readonly #clocks = new Map<number, number>();
  readonly #deleted: Deleted[] = [];
  /** How many of the deletions were called saved. */
  #deletedSaved = 0;

  /** `random` decides where they turn when a process leaves them. */
  constructor(
    name: string,
    door: Door,
    random: Seeded,
    mayClose: (code: number, reason: string) => boolean = () => false,
  ) {
    this.name = name;
    this.#door = door;
    this.#random = random;
    this.#slot = random.below(door.slots);
    this.#mayClose = mayClose;
  }

  /** Opens the page, on what the browser kept if anything. */
  open(kept?: Uint8Array): void {
    const doc = new Y.Doc();
    if (kept) Y.applyUpdate(doc, kept);
    doc.clientID = this.#random.below(0x1_0000_0000);
    nameRedoPlaces(doc);
    this.doc = doc;
    this.#own.add(doc.clientID);
    this.#undo = new Y.UndoManager(doc.getXmlFragment(NOTE_FRAGMENT), {
      trackedOrigins: new Set([EDITOR]),
      captureTimeout: 0,
    });
    doc.on('afterTransaction', ({ local, deleteSet }: Y.Transaction) => {
      if (!local) return;
      for (const [client, ranges] of deleteSet.clients) {
        for (const { clock, len } of ranges) this.#deleted.push({ client, clock, length: len });
      }
    });
    this.#provider = this.#dial(doc);
  }

  #dial(doc: Y.Doc): WebsocketProvider {
    const provider = new WebsocketProvider(this.#door.address(this.#slot), this.#door.noteId, doc, {
      WebSocketPolyfill: countingSocket((sent) => {
        if (this.doc !== doc) return;
        this.#sent = sent;
        this.#saved = null;
      }),
      disableBc: true,
      maxBackoffTime: 300,
      params: { ack: '1', token: this.#door.token },
    });
    provider.messageHandlers[NOTE_MESSAGE.sync] = (encoder, decoder, _provider, emitSynced) => {
      encoding.writeVarUint(encoder, NOTE_MESSAGE.sync);
      const step = readSyncMessage(decoder, encoder, doc, provider, (error) => {
        this.faults.push(`could not take a change in: ${error.message}`);
      });
      if (emitSynced && step === SYNC_STEP.answer) provider.synced = true;
    };
    provider.messageHandlers[NOTE_MESSAGE.saved] = (_encoder, decoder) => this.#hear(readSaved(decoder));
    provider.on('connection-close', (event) => {
      if (event === null) return;
      if (!this.#mayClose(event.code, event.reason)) {
        this.faults.push(`was closed with ${event.code} "${event.reason}"`);
      }
      if (this.#random.chance(0.4)) this.turn();
    });
    return provider;
  }

  #hear(saved: Saved): void {
    this.#saved = saved;
    for (const [client, clock] of saved.stateVector) {
      this.#clocks.set(client, Math.max(clock, this.#clocks.get(client) ?? 0));
    }
    if (this.#areMessagesSaved) this.#deletedSaved = this.#deleted.length;
  }

  get #areMessagesSaved(): boolean {
    return this.#sent.answered && this.#saved !== null && this.#saved.messages >= this.#sent.messages;
  }

  /** Whether the page would say that all is saved: nothing that was written here waits. */
  get isSaved(): boolean {
    if (!this.#provider?.synced || !this.#areMessagesSaved) return false;
    return [...this.#own].every(
      (client) => (this.#saved?.stateVector.get(client) ?? 0) >= Y.getState(this.doc.store, client),
    );
  }

  /** What they were told is saved until now. */
  promised(): Promised {
    return { clocks: new Map(this.#clocks), deleted: this.#deleted.slice(0, this.#deletedSaved) };
  }

  get isOpen(): boolean {
    return this.#provider !== null;
  }

  get isOnline(): boolean {
    return this.#provider?.shouldConnect ?? false;
  }

  /** One edit, as the editor's binding writes it. */
  edit(random: Seeded): void {
    const fragment = this.doc.getXmlFragment(NOTE_FRAGMENT);
    // Rendering takes away what the schema does not allow, as it does in a browser.
    const { doc: before, meta } = initProseMirrorDoc(fragment, noteSchema);
    const after = editOnce(before, random);
    if (!after.eq(before)) this.doc.transact(() => updateYFragment(this.doc, fragment, after, meta), EDITOR);
  }

  undo(): void {
    this.#undo?.undo();
  }

  redo(): void {
    this.#undo?.redo();
  }

  /** Goes to another process with the next connection. */
  turn(): void {
    this.#slot = (this.#slot + 1) % this.#door.slots;
    if (this.#provider) this.#provider.serverUrl = this.#door.address(this.#slot);
  }

  leave(): void {
    this.#provider?.disconnect();
  }

  comeBack(): void {
    this.#provider?.connect();
  }

  /** The line breaks without a word. */
  cut(): void {
    const socket: unknown = this.#provider?.ws;
    if (socket instanceof WebSocket) socket.terminate();
  }

  /** Opens the page anew under a new client id: on what the browser kept, or on nothing. */
  reload({ keeps }: { keeps: boolean }): void {
    const kept = keeps ? Y.encodeStateAsUpdate(this.doc) : undefined;
    this.close();
    if (!keeps) {
      // What was not called saved is lost with the page, as somebody who closes it is warned.
      this.#own.clear();
      this.#deleted.length = this.#deletedSaved;
    }
    this.#saved = null;
    this.#sent = { messages: 0, answered: false };
    this.open(kept);
  }

  close(): void {
    this.#undo?.destroy();
    this.#provider?.destroy();
    this.#provider?.awareness.destroy();
    this.#provider = null;
    this.doc.destroy();
  }

  /** Where they stand, for whoever looks for a fault. */
  describe(): string {
    const own = [...this.#own].map((client) => {
      const saved = this.#saved?.stateVector.get(client) ?? 0;
      return `${client}:${saved}/${Y.getState(this.doc.store, client)}`;
    });
    const { messages, answered } = this.#sent;
    const line = this.#provider?.synced ? 'synced' : this.isOnline ? 'trying' : 'away';
    return `${this.name} at ${this.#slot} ${line}, messages ${this.#saved?.messages ?? '-'}/${messages}${answered ? '' : ' (not answered)'}, ids ${own.join(' ')}`;
  }
}
