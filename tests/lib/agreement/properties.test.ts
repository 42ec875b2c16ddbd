import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain } from '@/bench/agreement/plain';
import { countsOf } from '@/lib/agreement/counts';
import type { Outcome } from '@/lib/agreement/figure';
import { RATING_MEASURES, SPAN_MEASURES } from '@/lib/agreement/measures';
import type { Ratings } from '@/lib/agreement/ratings';
import { continuaOf } from '@/lib/agreement/ratings-of';
import { seeded } from '@/lib/agreement/seeded';
import { disagreementOf } from '@/lib/agreement/unitizing-alpha';
import { SEED } from '@/tests/lib/anchoring/texts';
import { CODERS, SOURCES, someCoding, someRatings } from './cases';

const RUNS = { seed: SEED, numRuns: 100 };
const of = (ratings: Ratings) =>
  RATING_MEASURES.map((one) => ({ id: one.id, outcome: one.of(countsOf(ratings)) }));
const NUMERIC = /ac2|ordinal|interval|ratio/;

function expectSame(one: Outcome, other: Outcome, id: string): void {
  if ('value' in one && 'value' in other) expect(other.value, id).toBeCloseTo(one.value, 9);
  // A reason may name coders by their places.
  else expect('reason' in one, id).toBe('reason' in other);
}
const mapped = (ratings: Ratings, to: (value: string) => string): Ratings => ({
  ...ratings,
  rows: ratings.rows.map((row) => ({ ...row, values: row.values.map((value) => value && to(value)) })),
});
const drawn = (coders: number, units: number, draw: (unit: number, random: number) => string): Ratings => {
  const random = seeded(SEED);
  return {
    coders: Array.from({ length: coders }, (_, at) => `coder ${at}`),
    rows: Array.from({ length: units }, (_, unit) => ({
      unit: `unit ${unit}`,
      values: Array.from({ length: coders }, () => draw(unit, random())),
    })),
  };
};

describe('Whatever the ratings', () => {
  it('a measure is a finite number of at most 1, or says why there is none', () => {
    fc.assert(
      fc.property(someRatings, (ratings) => {
        for (const { id, outcome } of of(ratings)) {
          if ('reason' in outcome) expect(outcome.reason, id).toMatch(/\w/);
          else {
            expect(Number.isFinite(outcome.value), id).toBe(true);
            expect(outcome.value, id).toBeLessThanOrEqual(1 + 1e-12);
          }
        }
      }),
      RUNS,
    );
  });

  it('it does not matter in which order the coders stand', () => {
    fc.assert(
      fc.property(someRatings, fc.nat(4), (ratings, by) => {
        const turned = <T>(list: readonly T[]): T[] => {
          const at = by % list.length;
          return [...list.slice(at), ...list.slice(0, at)].reverse();
        };
        const other = {
          coders: turned(ratings.coders),
          rows: ratings.rows.map((row) => ({ ...row, values: turned(row.values) })),
        };
        const found = of(other);
        for (const [at, { id, outcome }] of of(ratings).entries())
          expectSame(outcome, found[at]?.outcome as Outcome, id);
      }),
      RUNS,
    );
  });

  it('it does not matter what the codes are called, or in which order the units stand', () => {
    fc.assert(
      fc.property(someRatings, (ratings) => {
        const renamed = mapped(ratings, (value) => `code ${'dbca'[Number(value) - 1]}`);
        const found = of({ ...renamed, rows: renamed.rows.toReversed() });
        for (const [at, { id, outcome }] of of(ratings).entries())
          if (!NUMERIC.test(id)) expectSame(outcome, found[at]?.outcome as Outcome, id);
      }),
      RUNS,
    );
  });

  it('interval and ratio scales keep what their units change: all values times two', () => {
    fc.assert(
      fc.property(someRatings, (ratings) => {
        const found = of(mapped(ratings, (value) => String(2 * Number(value))));
        for (const [at, { id, outcome }] of of(ratings).entries())
          expectSame(outcome, found[at]?.outcome as Outcome, id);
      }),
      RUNS,
    );
  });

  it('a measure is what one gets by going through the values pair by pair', () => {
    let compared = 0;
    fc.assert(
      fc.property(someRatings, (ratings) => {
        const { kappa, fleiss, alpha } = plain(ratings);
        const expected = {
          'fleiss-kappa': fleiss,
          'krippendorff-alpha-nominal': alpha,
          'cohen-kappa': kappa,
        };
        for (const { id, outcome } of of(ratings)) {
          const value = expected[id as keyof typeof expected];
          // By the plain way, coders who share no unit make the mean no number.
          if (value === undefined || Number.isNaN(value) || 'reason' in outcome) continue;
          expect(outcome.value, id).toBeCloseTo(value, 9);
          compared += 1;
        }
      }),
      RUNS,
    );
    expect(compared).toBeGreaterThan(100);
  });

  it('a row that stands for many units counts as so many rows', () => {
    fc.assert(
      fc.property(someRatings, fc.integer({ min: 1, max: 4 }), (ratings, weight) => {
        const repeated = {
          ...ratings,
          rows: ratings.rows.flatMap((row) => Array.from({ length: weight }, () => row)),
        };
        const weighted = { ...ratings, rows: ratings.rows.map((row) => ({ ...row, weight })) };
        expect(of(weighted)).toEqual(of(repeated));
      }),
      RUNS,
    );
  });
});

describe('Coders who always agree', () => {
  it('agree by 1 in every measure, as soon as two codes are used', () => {
    const ratings = drawn(2, 40, (unit) => String(1 + (unit % 3)));
    for (const { id, outcome } of of(ratings))
      expect(outcome, id).toMatchObject({ value: expect.closeTo(1, 12) });
  });

  it('say nothing when they only ever used one code', () => {
    const one = of(drawn(2, 40, () => '1'));
    const values = one.filter(({ outcome }) => 'value' in outcome).map(({ id }) => id);
    expect(values).toEqual(['percent', 'holsti']);
    for (const { outcome } of one)
      if ('reason' in outcome) expect(outcome.reason).toBe('only one category used');
  });
});

describe('Coders who draw lots', () => {
  it.each([2, 3, 6])('agree by about 0 beyond chance: %i of them', (coders) => {
    const ratings = drawn(coders, 4_000, (_, random) => String(1 + Math.floor(random * 4)));
    for (const { id, outcome } of of(ratings)) {
      if (['percent', 'holsti'].includes(id) || 'reason' in outcome) continue;
      expect(Math.abs(outcome.value), id).toBeLessThan(0.04);
    }
  });
});

describe('What can not be computed', () => {
  const nobody: Ratings = { coders: ['a', 'b'], rows: [] };
  it.each([
    ['no units', nobody],
    ['a coder alone', { coders: ['a'], rows: [{ unit: 'one', values: ['1'] }] }],
    ['coders who share no unit', { coders: ['a', 'b'], rows: [{ unit: 'one', values: ['1', null] }] }],
  ])('says why: %s', (_what, ratings) => {
    // A coder who coded a unit that the other left out has made a decision that is not shared.
    for (const { id, outcome } of of(ratings))
      if (id !== 'holsti') expect(outcome, id).toEqual({ reason: expect.stringMatching(/coder/) });
  });

  it('says that words are no numbers', () => {
    const words = mapped(
      drawn(2, 10, (unit) => String(unit % 2)),
      (value) => `code ${value}`,
    );
    for (const { id, outcome } of of(words))
      if (NUMERIC.test(id)) expect(outcome, id).toEqual({ reason: 'the values are not numbers' });
  });
});

describe('Measures of spans', () => {
  it('the disagreement that unitizing alpha observes and expects is that of every section with every other', () => {
    const units = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 0, maxLength: 10 }).map((steps) => {
      const ends = steps.map((_, at) => steps.slice(0, at + 1).reduce((sum, one) => sum + one, 0));
      return ends.flatMap((end, at) => (at % 2 === 1 ? [{ start: ends[at - 1] ?? 0, end }] : []));
    });
    type Section = { start: number; end: number; isUnit: boolean };
    const sectionsOf = (own: readonly { start: number; end: number }[]): Section[] => {
      const edges = [0, ...own.flatMap(({ start, end }) => [start, end]), 100];
      return edges.slice(1).map((end, at) => ({ start: edges[at] ?? 0, end, isUnit: at % 2 === 1 }));
    };
    const isIn = (one: Section, other: Section) =>
      one.isUnit && !other.isUnit && other.start <= one.start && one.end <= other.end;
    const length = ({ start, end }: Section) => end - start;
    fc.assert(
      fc.property(fc.array(units, { minLength: 2, maxLength: 4 }), (coders) => {
        const sections = coders.map(sectionsOf);
        let [observed, sum, within] = [0, 0, 0];
        const all = sections.flat().filter(({ isUnit }) => isUnit);
        for (const [i, some] of sections.entries())
          for (const [j, others] of sections.entries())
            for (const g of i === j ? [] : some)
              for (const h of others) {
                if (g.isUnit && h.isUnit && g.start < h.end && h.start < g.end)
                  observed += (g.start - h.start) ** 2 + (g.end - h.end) ** 2;
                else if (isIn(g, h)) observed += length(g) ** 2;
                else if (isIn(h, g)) observed += length(h) ** 2;
              }
        for (const g of all) {
          const l = length(g);
          sum += ((all.length - 1) / 3) * (2 * l ** 3 - 3 * l ** 2 + l);
          for (const h of sections.flat())
            if (!h.isUnit && length(h) >= l) sum += l ** 2 * (length(h) - l + 1);
          within += l * (l - 1);
        }
        const m = coders.length;
        const found = disagreementOf(coders, { start: 0, end: 100 });
        expect(found.observed).toBeCloseTo(observed / (m * (m - 1) * 100 ** 2), 9);
        expect(found.expected).toBeCloseTo(((2 / 100) * sum) / (m * 100 * (m * 100 - 1) - within), 9);
      }),
      RUNS,
    );
  });

  it('are the same in whatever order coders and codings come, and whatever the codes are called', () => {
    fc.assert(
      fc.property(fc.array(someCoding, { maxLength: 12 }), (codings) => {
        const scope = { coders: CODERS, sources: SOURCES.slice(0, 1) };
        const renamed = codings.map((one) => ({ ...one, code: `the ${one.code}` })).reverse();
        const [straight, turned] = [
          continuaOf(scope, codings),
          continuaOf({ ...scope, coders: CODERS.toReversed() }, renamed),
        ];
        for (const { id, of: measure } of SPAN_MEASURES) {
          // The samples of gamma follow the order of the coders.
          if (id === 'gamma') continue;
          expectSame(measure(straight, { seed: 1 }), measure(turned, { seed: 1 }), id);
        }
      }),
      RUNS,
    );
  });

  it('are 1 for coders who marked the same, and say so where nobody marked anything', () => {
    const scope = { coders: CODERS.slice(0, 2), sources: SOURCES.slice(0, 1) };
    const marks = scope.coders.flatMap((coder) => [
      { coder, source: 'one', code: 'cause', start: 4, end: 20 },
      { coder, source: 'one', code: 'blame', start: 30, end: 60 },
    ]);
    for (const { id, of: measure } of SPAN_MEASURES) {
      expect(measure(continuaOf(scope, marks), { seed: 1 }), id).toMatchObject({ value: 1 });
      expect(measure(continuaOf(scope, []), { seed: 1 }), id).toEqual({ reason: 'no spans were marked' });
    }
  });

  it.each([
    ['unitizing-alpha', 60],
    ['gamma', 6],
  ] as const)('are about 0 on average for spans put anywhere: %s', (id, texts) => {
    const random = seeded(SEED);
    const coders = ['a', 'b', 'c'];
    const sources = [{ id: 't', text: 'x'.repeat(4_000) }];
    let sum = 0;
    for (let text = 0; text < texts; text += 1) {
      const codings = coders.flatMap((coder) =>
        Array.from({ length: 20 }, () => {
          const start = Math.floor(random() * 3_900);
          return { coder, source: 't', code: 'x', start, end: start + 20 + Math.floor(random() * 60) };
        }),
      );
      const outcome = SPAN_MEASURES.find((one) => one.id === id)?.of(
        continuaOf({ coders, sources }, codings),
        {
          seed: text,
        },
      );
      if (outcome === undefined || 'reason' in outcome) throw new Error(`${id}: ${outcome?.reason}`);
      sum += outcome.value;
    }
    expect(Math.abs(sum / texts)).toBeLessThan(0.06);
  });
});
