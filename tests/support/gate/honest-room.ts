import { initProseMirrorDoc, updateYFragment } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { NOTE_POLICY } from '@/lib/notes/note-policy';
import { nameRedoPlaces } from '@/lib/notes/redo-places';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';
import { ClientOwners, type ClientRecord } from '@/lib/update-gate/client-owners';
import { UpdateGate } from '@/lib/update-gate/update-gate';
import type { Seeded } from './seeded';
import { editOnce, noteSchema } from './tiptap-edits';

export type Counts = {
  updates: number;
  refused: string[];
  gaps: number;
  withheld: number;
  gateMs: number;
  applyMs: number;
};

const EDITOR = Symbol('editor');

/** A person with a page open: the document as their browser has it, and what is on its way to it. */
class Page {
  readonly userId: string;
  doc = new Y.Doc();
  undo: Y.UndoManager;
  isOnline = false;
  readonly inbox: Uint8Array[] = [];
  readonly outbox: Uint8Array[] = [];

  readonly #random: Seeded;

  constructor(userId: string, random: Seeded) {
    this.userId = userId;
    this.#random = random;
    this.undo = this.#start(new Y.Doc());
  }

  #start(doc: Y.Doc): Y.UndoManager {
    this.doc = doc;
    nameRedoPlaces(doc);
    doc.clientID = this.#random.below(0x1_0000_0000);
    const undo = new Y.UndoManager(doc.getXmlFragment(NOTE_FRAGMENT), {
      trackedOrigins: new Set([EDITOR]),
      captureTimeout: 0,
    });
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.outbox.push(update);
    });
    return undo;
  }

  /** The page is opened anew on what the browser kept: what was typed before stands there under the old id. */
  reload(): void {
    const kept = Y.encodeStateAsUpdate(this.doc);
    this.undo.destroy();
    this.outbox.length = 0;
    this.inbox.length = 0;
    const doc = new Y.Doc();
    Y.applyUpdate(doc, kept);
    this.undo = this.#start(doc);
  }

  /** One edit, as the editor's binding writes it into the document. */
  edit(random: Seeded): void {
    const fragment = this.doc.getXmlFragment(NOTE_FRAGMENT);
    if (random.chance(0.06)) {
      if (random.chance(0.6)) this.undo.undo();
      else this.undo.redo();
      return;
    }
    // Rendering takes away what the schema does not allow, as it does in a browser.
    const { doc: before, meta } = initProseMirrorDoc(fragment, noteSchema);
    const after = editOnce(before, random);
    if (!after.eq(before)) this.doc.transact(() => updateYFragment(this.doc, fragment, after, meta), EDITOR);
  }
}

/** Several people on one note behind the gate, as honest as people are: they come and go, undo, and write offline. */
export class HonestRoom {
  readonly counts: Counts = { updates: 0, refused: [], gaps: 0, withheld: 0, gateMs: 0, applyMs: 0 };
  readonly #random: Seeded;
  readonly #pages: Page[];
  #doc = new Y.Doc();
  #gate: UpdateGate;
  #owners = new ClientOwners((clientId) => this.#announcedBy(clientId));
  #changes: Uint8Array[] = [];
  #records: ClientRecord[] = [];
  #saved: { state: Uint8Array; records: readonly ClientRecord[] } = {
    state: Y.encodeStateAsUpdate(new Y.Doc()),
    records: [],
  };
  /** Every update that was sent, for those who want to spoil one. */
  onUpdate: (update: Uint8Array) => void = () => undefined;

  constructor(random: Seeded, people = 6) {
    this.#random = random;
    this.#pages = Array.from(
      { length: people },
      (_, index) => new Page(`user-${index % (people - 1)}`, random),
    );
    this.#gate = this.#open(this.#doc);
    for (const page of this.#pages) this.#connect(page);
  }

  get doc(): Y.Doc {
    return this.#doc;
  }

  #open(doc: Y.Doc): UpdateGate {
    this.#doc = doc;
    doc.on('update', (update: Uint8Array) => this.#changes.push(update));
    return new UpdateGate(doc, NOTE_POLICY);
  }

  #announcedBy(clientId: number): string | null {
    return this.#pages.find((page) => page.isOnline && page.doc.clientID === clientId)?.userId ?? null;
  }

  step(): void {
    const random = this.#random;
    const page = random.pick(this.#pages);
    if (random.chance(0.01)) this.#leave(page);
    else if (random.chance(0.03)) this.#connect(page);
    else if (random.chance(0.005)) {
      this.#leave(page);
      page.reload();
    } else if (random.chance(0.001)) this.#startAnew();
    else if (random.chance(0.35)) page.edit(random);
    if (random.chance(0.2)) this.#save();
    if (random.chance(0.7)) this.#deliver(random.pick(this.#pages), 1 + random.below(4));
  }

  #leave(page: Page): void {
    page.isOnline = false;
    page.inbox.length = 0;
    page.outbox.length = 0;
  }

  /** Both sides ask for what they lack, as y-websocket does. */
  #connect(page: Page): void {
    if (page.isOnline) return;
    this.#leave(page);
    page.isOnline = true;
    page.inbox.push(Y.encodeStateAsUpdate(this.#doc, Y.encodeStateVector(page.doc)));
    this.#receive(page, Y.encodeStateAsUpdate(page.doc, Y.encodeStateVector(this.#doc)));
  }

  /** What a database would have: the note and whose its client ids are. */
  #save(): void {
    this.#saved = { state: Y.encodeStateAsUpdate(this.#doc), records: [...this.#records] };
  }

  /** The server forgets what it passed on last, as when it is killed; those who have it bring it back. */
  #startAnew(): void {
    for (const page of this.#pages) this.#deliver(page, 100);
    const { state, records } = this.#saved;
    const doc = new Y.Doc();
    Y.applyUpdate(doc, state);
    this.#gate = this.#open(doc);
    this.#records = [...records];
    this.#owners = new ClientOwners((clientId) => this.#announcedBy(clientId));
    this.#owners.learn(records);
    const wereOnline = this.#pages.filter((page) => page.isOnline);
    for (const page of wereOnline) this.#leave(page);
    for (const page of wereOnline) this.#connect(page);
  }

  #deliver(page: Page, count: number): void {
    for (let index = 0; index < count; index++) {
      const update = page.outbox.shift();
      if (update === undefined) break;
      if (page.isOnline) this.#receive(page, update);
    }
    for (let index = 0; index < count; index++) {
      const update = page.inbox.shift();
      if (update === undefined) break;
      Y.applyUpdate(page.doc, update, page);
    }
  }

  #receive(page: Page, update: Uint8Array, asked = 0): void {
    const { counts } = this;
    this.onUpdate(update);
    const { store } = this.#doc;
    const began = performance.now();
    const verdict = this.#gate.judge(update, (clientId) =>
      this.#owners.ownership(clientId, page.userId, store.clients.has(clientId)),
    );
    counts.gateMs += performance.now() - began;
    counts.updates++;
    if (verdict.kind === 'refuse') {
      counts.refused.push(`${verdict.reason}: ${Buffer.from(update).toString('hex').slice(0, 400)}`);
      return;
    }
    this.#changes = [];
    const applied = performance.now();
    this.#gate.take(verdict);
    counts.applyMs += performance.now() - applied;
    this.#records.push(...this.#owners.claim(verdict.claims, page.userId));
    counts.withheld += verdict.withheld.length;
    // The part itself is passed on, and after it what Yjs tidied up.
    const changes = verdict.part === null ? [] : [verdict.part, ...this.#changes.slice(1)];
    for (const change of changes) {
      for (const other of this.#pages) if (other !== page && other.isOnline) other.inbox.push(change);
    }
    if (verdict.kind === 'pass') return;
    counts.gaps++;
    if (asked < 3)
      this.#receive(page, Y.encodeStateAsUpdate(page.doc, Y.encodeStateVector(this.#doc)), asked + 1);
  }

  /** Lets everything arrive, everyone come back, and answers whether all have the same note. */
  settle(): boolean {
    for (const page of this.#pages) this.#connect(page);
    for (let round = 0; round < 4; round++) {
      for (const page of this.#pages) this.#deliver(page, 100_000);
      for (const page of this.#pages) {
        this.#leave(page);
        this.#connect(page);
      }
    }
    for (const page of this.#pages) this.#deliver(page, 100_000);
    const shown = (doc: Y.Doc) => doc.getXmlFragment(NOTE_FRAGMENT).toString();
    return this.#pages.every((page) => shown(page.doc) === shown(this.#doc));
  }
}
