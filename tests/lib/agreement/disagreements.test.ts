import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confusionOf, pairsAt } from '@/lib/agreement/confusion';
import { countsOf } from '@/lib/agreement/counts';
import { disagreementsOf, type PlacedCoding } from '@/lib/agreement/disagreements';
import { krippendorffAlpha } from '@/lib/agreement/krippendorff-alpha';
import { ratingsOf } from '@/lib/agreement/ratings-of';

let made = 0;
const coding = (coderId: string, codeId: string, start: number, end: number): PlacedCoding => {
  made += 1;
  return { annotationId: `mark ${made}`, coderId, codeId, start, end, sourceId: 's' };
};
const found = (...codings: PlacedCoding[]) =>
  disagreementsOf(codings, () => ['ann', 'bea']).map(({ kind, start, end, cost }) => ({
    kind,
    start,
    end,
    cost,
  }));

const LENGTH = 60;
const CODERS = ['ann', 'bea', 'cem'];
const codings = fc
  .array(
    fc.record({
      coderId: fc.constantFrom(...CODERS),
      codeId: fc.constantFrom('x', 'y', 'z'),
      start: fc.nat(LENGTH - 1),
      length: fc.integer({ min: 1, max: 15 }),
    }),
    { maxLength: 14 },
  )
  .map((drawn) =>
    drawn.map(({ coderId, codeId, start, length }) =>
      coding(coderId, codeId, start, Math.min(LENGTH, start + length)),
    ),
  );
const placesOf = (some: readonly PlacedCoding[]) => disagreementsOf(some, () => CODERS);

describe('places where coders meet or differ', () => {
  it('says what kind of difference there is', () => {
    expect(found(coding('ann', 'x', 0, 10), coding('bea', 'x', 0, 10))).toEqual([
      { kind: 'same', start: 0, end: 10, cost: 0 },
    ]);
    expect(found(coding('ann', 'x', 0, 10), coding('bea', 'x', 2, 13))).toEqual([
      { kind: 'boundary', start: 0, end: 13, cost: 5 },
    ]);
    expect(found(coding('ann', 'x', 0, 10), coding('bea', 'y', 0, 10))).toEqual([
      { kind: 'code', start: 0, end: 10, cost: 20 },
    ]);
    expect(found(coding('ann', 'x', 0, 10), coding('bea', 'y', 10, 12))).toEqual([
      { kind: 'only-one', start: 0, end: 10, cost: 10 },
      { kind: 'only-one', start: 10, end: 12, cost: 2 },
    ]);
  });

  it('takes a second code of one coder for one that only they used', () => {
    expect(found(coding('ann', 'x', 0, 10), coding('ann', 'y', 0, 10), coding('bea', 'x', 0, 10))).toEqual([
      { kind: 'same', start: 0, end: 10, cost: 0 },
      { kind: 'only-one', start: 0, end: 10, cost: 10 },
    ]);
  });

  it('takes spans of one coder that overlap as one', () => {
    expect(
      found(coding('ann', 'x', 0, 6), coding('ann', 'x', 4, 10), coding('bea', 'x', 0, 10))[0]?.kind,
    ).toBe('same');
  });

  it('blames nobody for a source that was not theirs', () => {
    const both = [coding('ann', 'x', 0, 10), coding('bea', 'x', 0, 10)];
    expect(disagreementsOf(both, () => ['ann', 'bea'])[0]?.kind).toBe('same');
    expect(disagreementsOf(both, () => ['ann', 'bea', 'cem'])[0]?.kind).toBe('only-one');
    expect(disagreementsOf(both, () => ['ann'])).toEqual([]);
  });

  it('puts every coding into one place, and gives a kind that holds for it', () => {
    fc.assert(
      fc.property(codings, (some) => {
        const places = placesOf(some);
        const ids = places.flatMap((place) => place.codings.map(({ annotationId }) => annotationId));
        expect(ids.sort()).toEqual(some.map(({ annotationId }) => annotationId).sort());
        for (const { kind, codings: own, cost, start, end } of places) {
          const coders = new Set(own.map(({ coderId }) => coderId)).size;
          const codes = new Set(own.map(({ codeId }) => codeId)).size;
          expect([start, end]).toEqual([
            Math.min(...own.map((one) => one.start)),
            Math.max(...own.map((one) => one.end)),
          ]);
          expect(cost === 0).toBe(kind === 'same');
          if (kind === 'same' || kind === 'boundary') expect([coders, codes]).toEqual([CODERS.length, 1]);
          if (kind === 'code') expect(Math.min(coders, codes)).toBeGreaterThan(1);
        }
      }),
    );
  });

  it('is the same whatever the order of the codings', () => {
    fc.assert(
      fc.property(codings, (some) => {
        const kinds = (list: readonly PlacedCoding[]) =>
          placesOf(list)
            .map(({ kind, start, end, cost }) => `${start}-${end} ${kind} ${cost.toFixed(6)}`)
            .sort();
        expect(kinds(some.toReversed())).toEqual(kinds(some));
      }),
    );
  });

  it('costs what alpha over the characters of each code observes', () => {
    fc.assert(
      fc.property(codings, (some) => {
        const scope = {
          unit: 'character' as const,
          coders: CODERS,
          sources: [{ id: 's', text: '-'.repeat(LENGTH) }],
        };
        const spans = some.map(({ coderId: coder, sourceId: source, codeId: code, start, end }) => ({
          ...{ coder, source, code, start, end },
        }));
        let observed = 0;
        for (const code of new Set(spans.map((one) => one.code))) {
          const outcome = krippendorffAlpha(countsOf(ratingsOf({ ...scope, code }, spans)), 'nominal');
          if ('value' in outcome) observed += outcome.details?.observed ?? 0;
        }
        const cost = placesOf(some).reduce((sum, one) => sum + one.cost, 0);
        expect(cost / LENGTH).toBeCloseTo(observed, 9);
      }),
    );
  });
});

describe('confusion between codes', () => {
  it('sets against each other what one coder used and the other did not', () => {
    const places = disagreementsOf(
      [
        coding('ann', 'y', 0, 10),
        coding('bea', 'x', 0, 8),
        coding('ann', 'x', 20, 30),
        coding('bea', 'x', 20, 30),
        coding('ann', 'z', 40, 50),
      ],
      () => ['ann', 'bea'],
    );
    expect(confusionOf(places)).toEqual([
      { one: 'x', other: 'y', places: 1, cost: 18 },
      { one: 'z', other: null, places: 1, cost: 10 },
      { one: 'x', other: 'x', places: 1, cost: 0 },
    ]);
  });

  it('names at least one pair for every place', () => {
    fc.assert(
      fc.property(codings, (some) => {
        for (const place of placesOf(some)) expect(pairsAt(place)).not.toEqual([]);
      }),
    );
  });
});
