import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disorderOf, type GammaWeights, leastDisorder, type PlacedUnit } from '@/lib/agreement/align-units';
import { SEED } from '@/tests/lib/anchoring/texts';

/** The least disorder by trying every way to put the units together. */
function leastOfAll(units: readonly PlacedUnit[], coders: number, weights: GammaWeights): number {
  const pairs = (coders * (coders - 1)) / 2;
  const costOf = (members: readonly PlacedUnit[]) => {
    let sum = pairs * weights.empty;
    for (const [at, one] of members.entries())
      for (const other of members.slice(at + 1)) sum += disorderOf(one, other, weights) - weights.empty;
    return sum / pairs;
  };
  const tryAll = (at: number, sets: readonly (readonly PlacedUnit[])[]): number => {
    const unit = units[at];
    if (unit === undefined) return sets.reduce((sum, members) => sum + costOf(members), 0);
    let least = tryAll(at + 1, [...sets, [unit]]);
    for (const [index, members] of sets.entries())
      if (members.every((one) => one.coder !== unit.coder))
        least = Math.min(least, tryAll(at + 1, sets.with(index, [...members, unit])));
    return least;
  };
  return tryAll(0, []);
}

describe('The best alignment of spans', () => {
  const unit = (coders: number) =>
    fc
      .record({
        coder: fc.nat(coders - 1),
        start: fc.nat(30),
        length: fc.integer({ min: 1, max: 12 }),
        code: fc.constantFrom('a', 'b'),
      })
      .map(({ coder, start, length, code }): PlacedUnit => ({ coder, start, end: start + length, code }));

  it.each([2, 3, 4])('is as good as the best of all, with %i coders', (coders) => {
    const weights = fc.record({
      alpha: fc.constantFrom(1, 3),
      beta: fc.constantFrom(1, 2),
      empty: fc.constantFrom(1, 0.5),
    });
    fc.assert(
      fc.property(fc.array(unit(coders), { maxLength: 7 }), weights, (units, weight) => {
        const least = leastOfAll(units, coders, weight);
        const found = leastDisorder(units, coders, weight);
        expect(found.disorder).toBeCloseTo(least, 9);
        expect(found.isProven).toBe(true);
        // Cut short, it says so; it is never less than the best.
        const short = leastDisorder(units, coders, weight, { states: 0, steps: 0 });
        expect(short.isProven).toBe(units.length === 0);
        expect(short.disorder).toBeGreaterThan(least - 1e-9);
      }),
      { seed: SEED, numRuns: 60 },
    );
  });
});
