import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Interval, IntervalIndex } from '@/lib/annotations/interval-index';

const interval = fc
  .record({ id: fc.nat(40), start: fc.nat(200), length: fc.integer({ min: 1, max: 60 }) })
  .map(({ id, start, length }): Interval => ({ id: `m${id}`, start, end: start + length }));
const step = fc.oneof(
  interval.map((item) => ({ insert: item })),
  fc.nat(40).map((id) => ({ remove: `m${id}` })),
);
const ids = (items: readonly Interval[]) => items.map((item) => item.id).sort();

describe('the interval index', () => {
  test('answers like a plain list after any mix of insertions and removals', () => {
    fc.assert(
      fc.property(
        fc.array(interval, { maxLength: 40 }),
        fc.array(step, { maxLength: 80 }),
        (first, steps) => {
          const index = IntervalIndex.of(first);
          const list = new Map(first.map((item) => [item.id, item]));
          for (const change of steps) {
            if ('insert' in change) {
              index.insert(change.insert);
              list.set(change.insert.id, change.insert);
            } else {
              expect(index.remove(change.remove)).toEqual(list.get(change.remove));
              list.delete(change.remove);
            }
          }
          expect(index.size).toBe(list.size);
          for (let start = 0; start < 270; start += 13) {
            const end = start + 1 + (start % 40);
            const expected = [...list.values()].filter((item) => item.start < end && item.end > start);
            expect(ids(index.overlapping(start, end))).toEqual(ids(expected));
            const at = [...list.values()].filter((item) => item.start <= start && item.end > start);
            expect(ids(index.containing(start))).toEqual(ids(at));
          }
        },
      ),
      { seed: 11, numRuns: 200 },
    );
  });

  test('gives overlapping intervals by their starts and holding ones the shortest first', () => {
    const index = IntervalIndex.of([
      { id: 'wide', start: 0, end: 100 },
      { id: 'middle', start: 10, end: 50 },
      { id: 'small', start: 20, end: 30 },
    ]);
    expect(index.overlapping(0, 100).map((item) => item.id)).toEqual(['wide', 'middle', 'small']);
    expect(index.containing(25).map((item) => item.id)).toEqual(['small', 'middle', 'wide']);
    expect(index.containing(30).map((item) => item.id)).toEqual(['middle', 'wide']);
    expect(index.overlapping(40, 40)).toEqual([]);
  });

  test('replaces an interval inserted again under its id', () => {
    const index = IntervalIndex.of([{ id: 'a', start: 0, end: 5 }]);
    index.insert({ id: 'a', start: 50, end: 60 });
    expect(index.overlapping(0, 10)).toEqual([]);
    expect(index.containing(55)).toEqual([{ id: 'a', start: 50, end: 60 }]);
    expect(index.size).toBe(1);
  });

  test('stays shallow when 20,000 intervals come in order, so that a question stays quick', () => {
    const index = new IntervalIndex();
    for (let at = 0; at < 20_000; at += 1) index.insert({ id: `m${at}`, start: at * 10, end: at * 10 + 25 });
    const begun = performance.now();
    for (let at = 0; at < 2_000; at += 1) expect(index.containing(at * 100 + 5).length).toBeLessThan(4);
    // A list would look at 40 million intervals here; the bound is loose because the machine is shared.
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
