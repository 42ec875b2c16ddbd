import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Coding, onOneMark, overlapping, pairsOf, withinSentences } from '@/lib/analysis/co-occurrence';
import { association, expectedCounts } from '@/lib/analysis/cross-table';
import { chiSquareTail } from '@/lib/analysis/gamma';
import { keyness, logLikelihood } from '@/lib/analysis/keyness';
import { tableCsv } from '@/lib/analysis/table-csv';
import { binsAlong } from '@/lib/analysis/timeline';
import { countPhrases, placesOf, stopWordsOf } from '@/lib/analysis/words';

const codings: fc.Arbitrary<Coding[]> = fc.array(
  fc
    .record({
      annotationId: fc.constantFrom('m1', 'm2', 'm3', 'm4', 'm5'),
      codeId: fc.constantFrom('A', 'B', 'C'),
      textId: fc.constantFrom('t', 'u'),
      start: fc.nat(40),
      length: fc.integer({ min: 1, max: 12 }),
    })
    .map(({ length, ...rest }) => ({ ...rest, end: rest.start + length })),
  { maxLength: 25 },
);

/** Every pair, by the definition. */
function slowly(all: readonly Coding[], together: (one: Coding, other: Coding) => boolean) {
  const counts: Record<string, number> = {};
  for (const [at, one] of all.entries())
    for (const other of all.slice(at + 1)) {
      if (one.codeId === other.codeId || one.textId !== other.textId || !together(one, other)) continue;
      const key = [one.codeId, other.codeId].sort().join();
      counts[key] = (counts[key] ?? 0) + 1;
    }
  return counts;
}
const asRecord = (pairs: readonly { a: string; b: string; count: number }[]) =>
  Object.fromEntries(pairs.map(({ a, b, count }) => [`${a},${b}`, count]));

describe('Codes that are together', () => {
  it('overlap when they share a letter, and are counted as by comparing each with each', () => {
    fc.assert(
      fc.property(codings, (all) => {
        const expected = slowly(all, (one, other) => one.start < other.end && other.start < one.end);
        expect(asRecord(overlapping(all))).toEqual(expected);
      }),
    );
  });

  it('stand within so many sentences as by comparing the sentences of each with those of each', () => {
    const ends = [5, 11, 20, 21, 33, 60];
    const sentence = (at: number) => ends.findIndex((end) => end > at);
    fc.assert(
      fc.property(codings, fc.nat(3), (all, within) => {
        const expected = slowly(all, (one, other) => {
          const [first, second] = one.start <= other.start ? [one, other] : [other, one];
          return sentence(second.start) - sentence(first.end - 1) <= within;
        });
        expect(asRecord(withinSentences(all, within, () => ends))).toEqual(expected);
      }),
    );
  });

  it('are found pair by pair as often as they are counted', () => {
    fc.assert(
      fc.property(codings, fc.nat(3), (all, apart) => {
        for (const { a, b, count } of overlapping(all, apart))
          expect([...pairsOf(all, [a, b], apart)]).toHaveLength(count);
      }),
    );
  });

  it('on one mark count once for the mark', () => {
    const on = (annotationId: string, ...codes: string[]) =>
      codes.map((codeId) => ({ annotationId, codeId }));
    expect(onOneMark([...on('1', 'B', 'A'), ...on('2', 'A', 'B', 'C'), ...on('3', 'A')])).toEqual(
      [
        { a: 'A', b: 'B', count: 2 },
        { a: 'B', b: 'C', count: 1 },
        { a: 'A', b: 'C', count: 1 },
      ].sort((x, y) => (x.a < y.a ? -1 : x.a > y.a ? 1 : 0)),
    );
  });
});

describe('A cross-table', () => {
  it('gives chi-square and Cramér’s V as the textbooks do', () => {
    // Agresti 2007, table 2.5: gender by party; X² = 30.1, 2 degrees of freedom.
    const [chi, v] = association([
      [762, 327, 468],
      [484, 239, 477],
    ]);
    expect(chi.value).toBeCloseTo(30.07, 2);
    expect(chi.words).toContain('2 degrees of freedom, p < 0.001');
    expect(v.value).toBeCloseTo(Math.sqrt(30.0701 / 2757), 4);
  });

  it('says why there is no chi-square where too little is expected, or nothing to compare', () => {
    expect(
      association([
        [1, 2],
        [3, 1],
      ])[0],
    ).toMatchObject({ value: null, words: expect.stringContaining('Cochran') });
    expect(
      association([
        [4, 2],
        [0, 0],
      ])[1],
    ).toMatchObject({ value: null, words: expect.stringContaining('two codes') });
  });

  it('expects the same totals as it has, and has a V from 0 to 1', () => {
    const cells = fc.array(fc.array(fc.nat(50), { minLength: 3, maxLength: 3 }), {
      minLength: 2,
      maxLength: 5,
    });
    fc.assert(
      fc.property(cells, (counts) => {
        const expected = expectedCounts(counts);
        for (const [at, row] of counts.entries()) {
          const total = row.reduce((sum, one) => sum + one, 0);
          expect((expected[at] ?? []).reduce((sum, one) => sum + one, 0)).toBeCloseTo(total, 6);
        }
        const { value } = association(counts)[1];
        expect(value === null || (value >= 0 && value <= 1)).toBe(true);
      }),
    );
  });

  it('knows the tails that tables print', () => {
    expect(chiSquareTail(3.841459, 1)).toBeCloseTo(0.05, 6);
    expect(chiSquareTail(18.307038, 10)).toBeCloseTo(0.05, 6);
    expect(chiSquareTail(15.086272, 5)).toBeCloseTo(0.01, 6);
    expect(chiSquareTail(0, 3)).toBe(1);
  });
});

describe('Two groups', () => {
  it('are compared by log-likelihood', () => {
    // By hand: expected 66 2/3 and 33 1/3 of 100 in texts of 20,000 and 10,000 words.
    expect(logLikelihood(80, 20_000, 20, 10_000)).toBeCloseTo(
      2 * (80 * Math.log(80 / (200 / 3)) + 20 * Math.log(20 / (100 / 3))),
      9,
    );
    expect(logLikelihood(20, 2_000, 10, 1_000)).toBeCloseTo(0, 9);
  });

  it('are told apart the same way when they change places', () => {
    const counts = fc.dictionary(fc.constantFrom('x', 'y', 'z'), fc.integer({ min: 1, max: 90 }));
    fc.assert(
      fc.property(counts, counts, (one, other) => {
        const [a, b] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
        const there = keyness(a, 1_000, b, 700);
        const back = new Map(keyness(b, 700, a, 1_000).map((row) => [row.item, row]));
        for (const row of there) {
          expect(back.get(row.item)?.logLikelihood).toBeCloseTo(row.logLikelihood, 9);
          expect(back.get(row.item)?.logRatio).toBeCloseTo(-row.logRatio, 9);
        }
      }),
    );
    expect(keyness(new Map([['x', 1]]), 1, new Map(), 0)).toEqual([]);
  });
});

describe('A text', () => {
  const TEXT = 'The harbour master spoke. The harbour was closed; the Harbour Master left.';

  it('is cut into parts that each passage touches', () => {
    expect(
      binsAlong(
        [
          { start: 0, end: 10 },
          { start: 9, end: 11 },
          { start: 99, end: 100 },
        ],
        100,
        10,
      ),
    ).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
    fc.assert(
      fc.property(codings, fc.integer({ min: 2, max: 30 }), (all, bins) => {
        const counts = binsAlong(all, 60, bins);
        expect(counts).toHaveLength(bins);
        expect(counts.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(all.length);
      }),
    );
  });

  it('has words without those that name nothing, and phrases that stay in a sentence', () => {
    const words = new Map<string, number>();
    expect(countPhrases(words, TEXT, 'en-GB', 1, stopWordsOf('en-GB'))).toBe(12);
    expect(Object.fromEntries(words)).toEqual({ harbour: 3, master: 2, spoke: 1, closed: 1, left: 1 });
    const phrases = new Map<string, number>();
    countPhrases(phrases, TEXT, null, 2, stopWordsOf(null));
    expect(Object.fromEntries(phrases)).toEqual({ 'harbour master': 2, 'master spoke': 1, 'master left': 1 });
  });

  it('finds a phrase wherever it was counted', () => {
    const odd = [
      'O’Brien',
      "o'brien",
      'İstanbul',
      'ΟΔΟΣ',
      'été',
      'e\u0301te\u0301',
      '3.5',
      '\n',
      '“das”',
      'jaja',
    ];
    const letters = fc.array(fc.constantFrom('ja', 'Nein', 'das', '. ', ', ', ...odd), { maxLength: 30 });
    fc.assert(
      fc.property(letters, fc.integer({ min: 1, max: 3 }), (parts, n) => {
        const text = parts.join(' ');
        const counts = new Map<string, number>();
        countPhrases(counts, text, 'de', n, new Set());
        for (const [phrase, count] of counts) expect(placesOf(text, 'de', phrase)).toHaveLength(count);
      }),
    );
    expect(placesOf(TEXT, 'en', 'harbour master').map(({ start, end }) => TEXT.slice(start, end))).toEqual([
      'harbour master',
      'Harbour Master',
    ]);
  });

  it('leaves a table that no program takes for formulas', () => {
    const csv = tableCsv({
      kind: 'words',
      corner: 'Word',
      columns: [{ id: 'n', label: '=1+1' }],
      rows: [{ id: 'x', label: '@x', cells: [3] }],
      statistics: [],
      notes: [],
    });
    expect(csv).toBe(`"Word","'=1+1"\r\n"'@x","3"\r\n`);
  });
});
