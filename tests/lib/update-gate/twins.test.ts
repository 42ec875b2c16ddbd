import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { NOTE_POLICY } from '@/lib/notes/note-policy';
import { UpdateGate } from '@/lib/update-gate/update-gate';
import { head, UpdateWriter } from '@/tests/support/gate/update-writer';

let doc: Y.Doc;
let gate: UpdateGate;

beforeEach(() => {
  doc = new Y.Doc();
  gate = new UpdateGate(doc, NOTE_POLICY);
});

/** Blocks one after the other, under one client id. */
function blocks(client: number, count: number): Uint8Array {
  const writer = new UpdateWriter().numbers(1, count, client, 0);
  for (let clock = 0; clock < count; clock++) {
    head(writer, 7, clock === 0 ? { root: 'default' } : { left: { client, clock: clock - 1 } });
    writer.number(3).text('paragraph');
  }
  return writer.number(0).done();
}

/** A block that names one neighbour on both sides, as Yjs' redo now and then does. */
function twin(client: number, beside: { client: number; clock: number }): Uint8Array {
  const writer = new UpdateWriter().numbers(1, 1, client, 0);
  head(writer, 7, { left: beside, right: beside });
  return writer.number(3).text('heading').number(0).done();
}

function send(update: Uint8Array): string {
  const verdict = gate.judge(update, () => 'own');
  if (verdict.kind !== 'refuse') gate.take(verdict);
  return verdict.kind;
}

const shown = (of: Y.Doc) => of.getXmlFragment('default').toString();

describe('a block that names one neighbour on both sides', () => {
  it('is taken in, where a newcomer has it in the same place', () => {
    send(blocks(7, 3));
    expect(send(twin(8, { client: 7, clock: 1 }))).toBe('pass');
    expect(shown(doc)).toContain('<heading></heading>');
    const newcomer = new Y.Doc();
    Y.applyUpdate(newcomer, Y.encodeStateAsUpdate(doc));
    expect(shown(newcomer)).toBe(shown(doc));
  });

  it('costs no more than so much: then it has to wait', () => {
    send(blocks(7, 2_000));
    const kinds = Array.from({ length: 100 }, (_, index) => send(twin(100 + index, { client: 7, clock: 5 })));
    expect(kinds[0]).toBe('pass');
    expect(kinds.at(-1)).toBe('gap');
    // Each later change earns some of it back.
    const typist = Array.from({ length: 100 }, (_, index) => send(blocks(1_000 + index, 1)));
    expect(new Set(typist)).toEqual(new Set(['pass']));
  });
});
