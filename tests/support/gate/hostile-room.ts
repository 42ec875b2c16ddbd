import { initProseMirrorDoc } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { NOTE_POLICY } from '@/lib/notes/note-policy';
import { applyStored } from '@/lib/notes/note-sync';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';
import { auditDocument } from '@/lib/update-gate/audit';
import { DocumentHarmed, UpdateGate } from '@/lib/update-gate/update-gate';
import { HonestRoom } from './honest-room';
import { HostileUpdates, spoil } from './hostile-updates';
import type { Seeded } from './seeded';
import { noteSchema } from './tiptap-edits';

export type HostileCounts = {
  updates: number;
  refused: number;
  gaps: number;
  /** Something of it was applied. */
  applied: number;
  /** Let through, and caught by the look at the document afterwards. */
  caught: number;
  violations: string[];
};

const OWN = [7, 4_000_000_000, 70_000];

/**
 * A note that honest people have begun, and someone who may write in it and sends whatever they like. After each
 * update that was let through, the live note must be the one that its log gives, and one that the editor opens.
 */
export class HostileRoom {
  readonly counts: HostileCounts = { updates: 0, refused: 0, gaps: 0, applied: 0, caught: 0, violations: [] };
  readonly #random: Seeded;
  readonly #log: Uint8Array[] = [];
  readonly #samples: Uint8Array[] = [];
  #doc = new Y.Doc();
  #gate = new UpdateGate(this.#doc, NOTE_POLICY);
  #changes: Uint8Array[] = [];
  #hostile: HostileUpdates;

  constructor(random: Seeded) {
    this.#random = random;
    const honest = new HonestRoom(random, 3);
    honest.onUpdate = (update) => this.#samples.push(update);
    for (let step = 0; step < 40; step++) honest.step();
    this.#log.push(Y.encodeStateAsUpdate(honest.doc));
    this.#open();
    this.#hostile = new HostileUpdates(random, this.#doc, OWN);
  }

  #open(): void {
    const doc = new Y.Doc();
    applyStored(doc, { snapshot: null, updates: this.#log });
    doc.on('update', (update: Uint8Array) => this.#changes.push(update));
    this.#doc = doc;
    this.#gate = new UpdateGate(doc, NOTE_POLICY);
    this.#hostile = new HostileUpdates(this.#random, doc, OWN);
  }

  step(): void {
    const { counts } = this;
    const random = this.#random;
    const update = random.chance(0.25) ? spoil(random.pick(this.#samples), random) : this.#hostile.next();
    counts.updates++;
    const verdict = this.#gate.judge(update, (client) => {
      if (OWN.includes(client)) return 'own';
      return this.#doc.store.clients.has(client) && random.chance(0.8) ? 'other' : 'own';
    });
    if (verdict.kind === 'refuse') {
      counts.refused++;
      return;
    }
    if (verdict.kind === 'gap') counts.gaps++;
    if (verdict.part === null) return;
    this.#changes = [];
    try {
      this.#gate.take(verdict);
    } catch (error) {
      if (error instanceof DocumentHarmed) counts.caught++;
      else this.#violation(`threw ${String(error)}`, update);
      this.#open();
      return;
    }
    counts.applied++;
    // The part itself is stored, and after it what Yjs tidied up.
    this.#log.push(verdict.part, ...this.#changes.slice(1));
    const wrong = this.#look();
    if (wrong === null) return;
    this.#violation(wrong, update);
    this.#log.splice(1);
    this.#open();
  }

  #violation(what: string, update: Uint8Array): void {
    this.counts.violations.push(`${what}: ${Buffer.from(update).toString('hex')}`);
  }

  /** What is wrong with the note after an update, or null. */
  #look(): string | null {
    const { store } = this.#doc;
    if (store.pendingStructs !== null || store.pendingDs !== null) return 'something waits';
    const again = new Y.Doc();
    try {
      applyStored(again, { snapshot: null, updates: this.#log });
      if (again.store.pendingStructs !== null || again.store.pendingDs !== null) return 'the log waits';
      if (shown(again) !== shown(this.#doc)) return 'the live note is not what its log gives';
      const fault = auditDocument(this.#doc, NOTE_POLICY) ?? auditDocument(again, NOTE_POLICY);
      if (fault !== null) return `the schema is broken: ${fault}`;
      const whole = new Y.Doc();
      Y.applyUpdate(whole, Y.encodeStateAsUpdate(this.#doc));
      if (shown(whole) !== shown(this.#doc)) return 'a newcomer gets another note';
      initProseMirrorDoc(whole.getXmlFragment(NOTE_FRAGMENT), noteSchema);
      return null;
    } catch (error) {
      return `threw ${String(error)}`;
    } finally {
      again.destroy();
    }
  }
}

function shown(doc: Y.Doc): string {
  return `${doc.getXmlFragment(NOTE_FRAGMENT).toString()} ${[...Y.encodeStateVector(doc)].join()}`;
}
