import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Card, layOutCards } from '@/components/annotations/card-layout';

const GAP = 8;
const cardsOf = (places: readonly (readonly [number, number])[]): Card[] =>
  places.map(([top, height], index) => ({ id: String(index), top, height })).sort((a, b) => a.top - b.top);
const many = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 20, max: 300 })), { maxLength: 60 })
  .map(cardsOf);

test('cards with room stand level with their passages', () => {
  const cards = cardsOf([
    [0, 50],
    [100, 50],
    [300, 50],
  ]);
  expect([...layOutCards(cards, GAP, null).values()]).toEqual([0, 100, 300]);
});

test('cards of one line stand below each other in order', () => {
  const cards = cardsOf([
    [10, 40],
    [10, 40],
    [10, 40],
  ]);
  expect([...layOutCards(cards, GAP, null).values()]).toEqual([10, 58, 106]);
});

test('the active card stands level and those before it make room upwards', () => {
  const cards = cardsOf([
    [10, 40],
    [12, 40],
    [14, 40],
  ]);
  const tops = layOutCards(cards, GAP, '2');
  expect(tops.get('2')).toBe(14);
  expect(tops.get('1')).toBe(14 - GAP - 40);
});

test('no card ever covers another, and the active one never moves', () => {
  fc.assert(
    fc.property(many, fc.nat(80), (cards, pick) => {
      const active = cards[pick];
      const tops = layOutCards(cards, GAP, active?.id ?? null);
      expect(tops.size).toBe(cards.length);
      if (active !== undefined) expect(tops.get(active.id)).toBe(active.top);
      for (let at = 1; at < cards.length; at += 1) {
        const above = cards[at - 1] as Card;
        const below = cards[at] as Card;
        expect(tops.get(below.id)).toBeGreaterThanOrEqual(
          (tops.get(above.id) as number) + above.height + GAP,
        );
      }
    }),
    { seed: 31, numRuns: 300 },
  );
});
