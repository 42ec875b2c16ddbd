import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { waitingOf } from '@/components/notes/note-facts-store';

const vector = (doc: Y.Doc) => Y.decodeStateVector(Y.encodeStateVector(doc));

test('what was written after the last confirmation waits, though its count was cut off', () => {
  const doc = new Y.Doc();
  doc.getText().insert(0, 'confirmed');
  const saved = vector(doc);
  doc.getText().insert(9, ' and not');
  expect([...waitingOf(new Map([[doc.clientID, 0]]), vector(doc), saved)]).toEqual([[doc.clientID, 1]]);
  expect([...waitingOf(new Map([[doc.clientID, 8]]), vector(doc), saved)]).toEqual([[doc.clientID, 8]]);
});

test('a deletion waits though it moves no clock', () => {
  const doc = new Y.Doc();
  doc.getText().insert(0, 'confirmed');
  const saved = vector(doc);
  doc.getText().delete(0, 3);
  expect([...waitingOf(new Map([[doc.clientID, 1]]), vector(doc), saved)]).toEqual([[doc.clientID, 1]]);
});

test('what others wrote never waits, and nothing waits that is confirmed', () => {
  const map = fc.dictionary(fc.integer({ min: 1, max: 9 }).map(String), fc.nat(50));
  const of = (record: Record<string, number>) =>
    new Map(Object.entries(record).map(([id, clock]) => [Number(id), clock]));
  fc.assert(
    fc.property(map, map, map, (counts, document, saved) => {
      const waiting = waitingOf(of(counts), of(document), of(saved));
      for (const id of of(document).keys()) if (!of(counts).has(id)) expect(waiting.has(id)).toBe(false);
      for (const [id, count] of of(counts)) {
        const isAhead = (of(document).get(id) ?? 0) > (of(saved).get(id) ?? 0);
        expect(waiting.has(id)).toBe(count > 0 || isAhead);
        expect(waiting.get(id) ?? 0).toBeGreaterThanOrEqual(count);
      }
    }),
    { seed: 7 },
  );
});
