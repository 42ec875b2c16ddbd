import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DRAWS, finish } from '@/lib/agreement/bootstrap';
import { figuresOf } from '@/lib/agreement/figures';
import { RATING_MEASURES, SPAN_MEASURES } from '@/lib/agreement/measures';
import { ratingsOf } from '@/lib/agreement/ratings-of';
import { readTable } from '@/lib/agreement/read-table';
import { printRatings, printSpans } from '@/lib/agreement/write-table';
import { SEED } from '@/tests/lib/anchoring/texts';
import { CODERS, SOURCES, someCoding, someRatings } from './cases';
import { byPair } from './vectors';

const DRAWN = { ...DRAWS, resamples: 200 };

describe('The inputs of a figure, exported', () => {
  it('are read again as they were: values, missing ones, what weighs more, units without a code', () => {
    fc.assert(
      fc.property(fc.array(someCoding, { maxLength: 12 }), (codings) => {
        const ratings = ratingsOf({ unit: 'character', coders: CODERS, sources: SOURCES }, codings);
        expect(readTable(printRatings(ratings))).toEqual({ kind: 'ratings', ratings });
      }),
      { seed: SEED, numRuns: 40 },
    );
    fc.assert(
      fc.property(someRatings, (ratings) => {
        // Coders come in the order of their first value, units with no value at all don't come.
        const table = readTable(printRatings(ratings));
        if (table.kind !== 'ratings') throw new Error(table.kind);
        const read = table.ratings;
        for (const { unit, values } of ratings.rows) {
          const row = read.rows.find((one) => one.unit === unit);
          for (const [at, coder] of ratings.coders.entries())
            expect(row?.values[read.coders.indexOf(coder)] ?? null).toBe(values[at]);
        }
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  it('are spans as they were', () => {
    const codings = [
      { coder: 'ann', source: 'one', code: 'delay; "long", or not', start: 3, end: 9 },
      { coder: 'bea', source: 'two', code: 'cause\nblame', start: 0, end: 1 },
    ];
    expect(readTable(printSpans(codings))).toEqual({ kind: 'spans', coders: ['ann', 'bea'], codings });
  });

  it('run nothing in a spreadsheet, and leave numbers as they are', () => {
    const printed = printRatings({
      coders: ['=1+1', 'b'],
      rows: [{ unit: 'one', values: ['-1.5', '@now'] }],
    });
    expect(printed).toBe('"coder","unit","value"\r\n"\'=1+1","one",-1.5\r\n"b","one","\'@now"\r\n');
  });
});

describe('A table with faults', () => {
  it.each([
    ['', 'The first line must name the columns'],
    ['who,what\na,b', 'It is: who,what.'],
    ['coder,unit,value\na,1,x\n,2,y', 'line 3: the coder is missing'],
    ['coder,unit,value\na,1,x\n\na,1,y', 'line 4: a has judged the unit 1 in line 2 already'],
    ['coder,unit,value\na,1,x,more', 'line 2: 4 cells under a head of 3'],
    ['coder,unit,value,weight\na,1,x,none', 'line 2: the weight “none” is no whole number above 0'],
    ['coder,unit,value,weight\na,1,x,2\nb,1,x,3', 'line 3: the unit 1 has another weight above'],
    ['coder;code;start;end\na;x;5;5', 'line 2: the end 5 is not behind the start 5'],
    ['coder\tcode\tstart\tend\na\tx\t-1\t5', 'line 2: “-1” and “5” must be whole numbers'],
    ['coder,code,start,end\n"a\nb",,1,5\na,,1,5', 'line 4: the code is missing'],
  ])('is refused with the line and what is wrong: %#', (text, words) => {
    expect(() => readTable(text)).toThrow(words);
  });

  it('names ten faults and counts the rest', () => {
    const text = `coder,unit,value\n${',1,x\n'.repeat(14)}`;
    expect(() => readTable(text)).toThrow(/line 11: .*\n… and 4 more$/);
  });
});

describe('Intervals', () => {
  const ratings = byPair('11:40 12:5 21:8 22:47');

  it('hold the value, are narrower for more units, and are the same for the same seed', () => {
    const figures = finish(figuresOf(ratings, DRAWN));
    const wide = finish(figuresOf(byPair('11:8 12:1 21:2 22:9'), DRAWN));
    expect(finish(figuresOf(ratings, DRAWN))).toEqual(figures);
    expect(finish(figuresOf(ratings, { ...DRAWN, seed: 2 }))).not.toEqual(figures);
    for (const [at, figure] of figures.entries()) {
      if ('reason' in figure) throw new Error(`${figure.id}: ${figure.reason}`);
      const { low = Number.NaN, high = Number.NaN } = figure.interval ?? {};
      expect(low, figure.id).toBeLessThan(figure.value);
      expect(high, figure.id).toBeGreaterThan(figure.value);
      const other = wide[at];
      if (other === undefined || 'reason' in other) throw new Error('no value');
      expect((other.interval?.high ?? 0) - (other.interval?.low ?? 0), figure.id).toBeGreaterThan(high - low);
    }
  });

  it('of a share are near those of the normal distribution', () => {
    const [percent] = finish(figuresOf(byPair('11:300 12:100'), { ...DRAWS, resamples: 2_000 }));
    if (percent === undefined || 'reason' in percent) throw new Error('no value');
    const half = 1.96 * Math.sqrt((0.75 * 0.25) / 400);
    expect(percent.interval?.low).toBeCloseTo(0.75 - half, 2);
    expect(percent.interval?.high).toBeCloseTo(0.75 + half, 2);
  });

  it('are drawn step by step, so that whoever computes may pause', () => {
    const steps = figuresOf(ratings, { ...DRAWS, resamples: 7 });
    const done: number[] = [];
    for (;;) {
      const step = steps.next();
      if (step.done) break;
      done.push(step.value);
    }
    expect(done).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});

describe('Every measure', () => {
  it('has a name of its own, a definition, a citation with its year, and how to compute it again', () => {
    const all = [...RATING_MEASURES, ...SPAN_MEASURES];
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { name, definition, citation, inR } of all) {
      expect(name).not.toBe('');
      expect(definition.length).toBeGreaterThan(20);
      expect(citation).toMatch(/\((19|20)\d\d\)/);
      expect(inR).not.toBe('');
    }
  });

  it('comes with units, coders and prevalence, also when there is only a reason', () => {
    for (const figure of finish(figuresOf(byPair('11:5'), DRAWN)))
      expect(figure).toMatchObject({ units: 5, coders: 2, prevalence: { 1: 1 } });
  });
});
