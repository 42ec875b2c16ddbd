import * as Y from 'yjs';
import { compactNote } from '@/db/note-log';
import { noteKeyOf } from '@/lib/access/note-key';
import { isWaiting } from '@/lib/notes/note-sync';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';
import { Seeded } from '@/tests/support/gate/seeded';
import { type Door, NoteVisitor, type Promised } from '@/tests/support/note-visitor';
import type { SyncPair } from '@/tests/support/sync-pair';
import type { SyncPlace } from '@/tests/support/sync-processes';
import { type Act, type Script, scriptOf } from './convergence-script';

type MayClose = (code: number, reason: string) => boolean;

/** The note of one seed, with everybody who writes in it. */
export class SeededNote {
  readonly seed: number;
  readonly noteId: string;
  readonly #place: SyncPlace;
  readonly #pair: SyncPair;
  readonly #mayClose: MayClose;
  readonly #script: Script;
  readonly #visitors: NoteVisitor[];
  readonly #newcomers: NoteVisitor[] = [];
  /** For each visitor who is away, the turn at which they come back. */
  readonly #back = new Map<NoteVisitor, number>();
  #next = 0;
  readonly faults: string[] = [];

  constructor(place: SyncPlace, pair: SyncPair, seed: number, noteId: string, mayClose: MayClose) {
    this.seed = seed;
    this.noteId = noteId;
    this.#place = place;
    this.#pair = pair;
    this.#mayClose = mayClose;
    this.#script = scriptOf(seed, place.tokens.length);
    const random = new Seeded(Math.imul(seed + 1, 0xc2b2_ae35));
    this.#visitors = this.#script.people.map(
      ({ account }, index) =>
        new NoteVisitor(
          `page ${index} of person ${account}`,
          this.#door(account),
          new Seeded(random.below(0x1_0000_0000)),
          mayClose,
        ),
    );
  }

  #door(account: number): Door {
    return {
      noteId: this.noteId,
      token: this.#place.tokens[account] ?? '',
      address: (slot) => this.#pair.address(slot),
      slots: 2,
    };
  }

  /** Does what stands in the script for this turn. */
  play(turn: number): void {
    for (const [index, { from }] of this.#script.people.entries()) {
      if (from === turn) this.#visitors[index]?.open();
    }
    for (const [visitor, back] of this.#back) {
      if (back > turn) continue;
      this.#back.delete(visitor);
      visitor.comeBack();
    }
    for (let act = this.#script.acts[this.#next]; act?.turn === turn; act = this.#script.acts[++this.#next]) {
      const visitor = this.#visitors[act.who];
      if (visitor) this.#act(visitor, act);
    }
  }

  #act(visitor: NoteVisitor, { kind, seed, turn, turns }: Act): void {
    if (kind === 'edit') visitor.edit(new Seeded(seed));
    else if (kind === 'burst') {
      const random = new Seeded(seed);
      for (let edit = 0; edit < 5; edit++) visitor.edit(random);
    } else if (kind === 'undo') visitor.undo();
    else if (kind === 'redo') visitor.redo();
    else if (kind === 'reload' || kind === 'reopen') {
      this.#back.delete(visitor);
      visitor.reload({ keeps: kind === 'reload' });
    } else if (!visitor.isOnline) {
      // Who is away already can't lose the line.
    } else if (kind === 'cut') visitor.cut();
    else if (kind === 'move') {
      visitor.turn();
      visitor.leave();
      visitor.comeBack();
    } else {
      visitor.leave();
      this.#back.set(visitor, turn + turns);
    }
  }

  /** Everybody who is away comes back. */
  gather(): void {
    this.#back.clear();
    for (const visitor of this.#visitors) visitor.comeBack();
  }

  /** What everybody was told is saved so far. */
  promised(): Promised[] {
    return this.#visitors.map((visitor) => visitor.promised());
  }

  /** Looks whether what was promised is in the database now. */
  async checkPromises(promised: readonly Promised[], when: string): Promise<void> {
    const stored = await this.#place.stored(this.noteId);
    const deletions = Y.createDeleteSetFromStructStore(stored.store);
    for (const [index, { clocks, deleted }] of promised.entries()) {
      const name = this.#visitors[index]?.name;
      for (const [client, clock] of clocks) {
        const there = Y.getState(stored.store, client);
        if (there < clock)
          this.faults.push(`${when}: ${name} was told ${client}:${clock} is saved, stored is ${there}`);
      }
      for (const { client, clock, length } of deleted) {
        for (let at = clock; at < clock + length; at++) {
          if (Y.isDeleted(deletions, Y.createID(client, at))) continue;
          this.faults.push(
            `${when}: ${name} was told the deletion of ${client}:${at} is saved, it stands there`,
          );
          break;
        }
      }
    }
    stored.destroy();
  }

  /** Whether all pages say that all is saved, and show the same. */
  get isSettled(): boolean {
    const [first, ...others] = this.#visitors;
    if (!first || !this.#visitors.every(({ isSaved }) => isSaved)) return false;
    return others.every((other) => difference(first.doc, other.doc) === null);
  }

  /** Somebody who has nothing asks each process. */
  newcomers(): NoteVisitor[] {
    return [0, 1].map((slot) => {
      const door = { ...this.#door(0), address: () => this.#pair.address(slot) };
      const newcomer = new NoteVisitor(`newcomer at ${slot}`, door, new Seeded(slot), this.#mayClose);
      this.#newcomers.push(newcomer);
      newcomer.open();
      return newcomer;
    });
  }

  /** Whether a newcomer was given what everybody has. */
  isSame(newcomer: NoteVisitor): boolean {
    const [first] = this.#visitors;
    return first !== undefined && newcomer.isSaved && difference(first.doc, newcomer.doc) === null;
  }

  /** Looks whether anybody was ever told that something is saved: without it nothing was put to the test. */
  checkTold(): void {
    if (this.promised().every(({ clocks }) => clocks.size === 0))
      this.faults.push('nothing was called saved');
  }

  /** Compares what the database holds, row by row and put together, with what everybody has. */
  async checkStored(): Promise<void> {
    const [first] = this.#visitors;
    const compare = async (how: string) => {
      const stored = await this.#place.stored(this.noteId);
      const differs = first ? difference(first.doc, stored) : 'nobody is there';
      if (differs !== null) this.faults.push(`the database, ${how}, has another note: ${differs}`);
      stored.destroy();
    };
    await compare('row by row');
    await this.compact();
    await compare('put together');
  }

  async compact(): Promise<void> {
    await compactNote(this.#place.db, noteKeyOf({ projectId: this.#place.projectId }, this.noteId));
  }

  /** Everything that is wrong, in words. */
  report(): string[] {
    const all = [
      ...this.faults,
      ...[...this.#visitors, ...this.#newcomers].flatMap(({ name, faults }) =>
        faults.map((fault) => `${name} ${fault}`),
      ),
    ];
    return [...new Set(all)].map((fault) => {
      const times = all.filter((other) => other === fault).length;
      return times === 1 ? fault : `${fault} (${times} times)`;
    });
  }

  /** How everybody stands, for whoever looks for a fault. */
  describe(): string {
    const [first] = this.#visitors;
    return this.#visitors
      .map((visitor) => {
        const differs = first ? difference(first.doc, visitor.doc) : null;
        return `  ${visitor.describe()}${differs === null ? '' : `; ${differs}`}`;
      })
      .join('\n');
  }

  close(): void {
    for (const visitor of [...this.#visitors, ...this.#newcomers]) visitor.close();
  }
}

/** In what two documents differ, or null when they are the same and neither waits for anything. */
export function difference(one: Y.Doc, other: Y.Doc): string | null {
  if (isWaiting(one) || isWaiting(other)) return 'something waits for what is missing';
  const [first, second] = [Y.snapshot(one), Y.snapshot(other)];
  if (!Y.equalSnapshots(first, second)) {
    for (const client of new Set([...first.sv.keys(), ...second.sv.keys()])) {
      const [left, right] = [first.sv.get(client) ?? 0, second.sv.get(client) ?? 0];
      if (left !== right) return `${client} is at ${left} and at ${right}`;
    }
    return 'other deletions';
  }
  const shown = (doc: Y.Doc) => doc.getXmlFragment(NOTE_FRAGMENT).toString();
  return shown(one) === shown(other) ? null : 'another order of the same content';
}
