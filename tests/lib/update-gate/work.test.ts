import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { NOTE_POLICY } from '@/lib/notes/note-policy';
import { type Passed, UpdateGate } from '@/lib/update-gate/update-gate';
import { head, UpdateWriter } from '@/tests/support/gate/update-writer';

let doc: Y.Doc;
let gate: UpdateGate;

beforeEach(() => {
  doc = new Y.Doc();
  gate = new UpdateGate(doc, NOTE_POLICY);
});

function judge(update: Uint8Array): Passed {
  const verdict = gate.judge(update, (client) => (doc.store.clients.has(client) ? 'own' : 'new'));
  if (verdict.kind === 'refuse') throw new Error(verdict.reason);
  return verdict;
}

/** Sends the same update until all of it is in, as a client does that is asked again and again. */
function letIn(update: Uint8Array): { rounds: number; most: number } {
  let [rounds, most] = [0, 0];
  for (let verdict = judge(update); ; verdict = judge(update)) {
    rounds++;
    const before = count();
    gate.take(verdict);
    most = Math.max(most, count() - before);
    if (verdict.kind === 'pass') return { rounds, most };
    if (count() === before) throw new Error('It does not go on');
  }
}

const count = () => [...doc.store.clients.values()].reduce((sum, structs) => sum + structs.length, 0);

function blocks(clients: readonly number[], each: number): Uint8Array {
  const writer = new UpdateWriter().number(clients.length);
  for (const client of clients) {
    writer.numbers(each, client, 0);
    for (let index = 0; index < each; index++) {
      head(writer, 7, index === 0 ? { root: 'default' } : { left: { client, clock: index - 1 } });
      writer.number(3).text('paragraph');
    }
  }
  return writer.number(0).done();
}

describe('an update that would be much work', () => {
  it('of 3,000 new clients is taken in by parts, a few hundred clients each', () => {
    const clients = Array.from({ length: 3_000 }, (_, index) => 1_000 + index);
    const { rounds, most } = letIn(blocks(clients, 1));
    expect(most).toBeLessThanOrEqual(256);
    expect(rounds).toBeGreaterThan(10);
    expect(doc.getXmlFragment('default').length).toBe(3_000);
  });

  it('of 25,000 blocks is taken in by parts of at most 10,000', () => {
    const { rounds, most } = letIn(blocks([7], 25_000));
    expect(most).toBeLessThanOrEqual(10_000);
    expect(rounds).toBe(3);
    expect(doc.getXmlFragment('default').length).toBe(25_000);
  });

  it('stops where Yjs would walk past the same blocks again and again', () => {
    letIn(blocks([7], 5_000));
    // Each is put first in the note, before a block that nobody ever saw there.
    const crossed = new UpdateWriter().numbers(1, 5_000, 8, 0);
    for (let index = 0; index < 5_000; index++) {
      head(crossed, 7, { right: { client: 7, clock: 4_999 - index } });
      crossed.number(3).text('paragraph');
    }
    expect(gate.judge(crossed.number(0).done(), () => 'own')).toMatchObject({ kind: 'refuse' });
    // Or after the first block, as if the rest had never been seen: 5,000 times past 5,000 blocks.
    const writer = new UpdateWriter().numbers(1, 5_000, 9, 0);
    for (let index = 0; index < 5_000; index++) {
      head(writer, 7, { left: { client: 7, clock: 0 } });
      writer.number(3).text('paragraph');
    }
    const verdict = judge(writer.number(0).done());
    expect(verdict.kind).toBe('gap');
    expect(verdict.arrangement.progress[0]?.next).toBeLessThan(300);
  });

  it('of 30,000 deletions is done by parts', () => {
    const text = new UpdateWriter().numbers(1, 3, 7, 0);
    head(text, 7, { root: 'default' });
    text.number(3).text('paragraph');
    head(text, 7, { parent: { client: 7, clock: 0 } });
    text.number(6);
    head(text, 4, { parent: { client: 7, clock: 1 } });
    letIn(text.text('x'.repeat(60_000)).number(0).done());
    const writer = new UpdateWriter().numbers(0, 1, 7, 30_000);
    for (let index = 0; index < 30_000; index++) writer.numbers(2 + index * 2, 1);
    const update = writer.done();
    const kinds: string[] = [];
    for (let verdict = judge(update); verdict.part !== null; verdict = judge(update)) {
      kinds.push(verdict.kind);
      gate.take(verdict);
    }
    expect(kinds).toEqual(['gap', 'gap', 'pass']);
    expect(doc.getXmlFragment('default').toString()).toBe(`<paragraph>${'x'.repeat(30_000)}</paragraph>`);
  });
});
