import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findQuotes, quoteSteps } from '@/lib/quotes/find-quotes';

const PARTS = [
  '“',
  '”',
  '"',
  '«',
  '»',
  '„',
  '‘',
  '’',
  "'",
  ' ',
  ' ',
  ' ',
  '\n\n',
  '\n',
  '.',
  ',',
  ':',
  '?',
  'Ana Reyes',
  'Lund',
  'he',
  'said',
  'told',
  'according to',
  'the president',
  'reportedly',
  'Mr.',
  'we',
  'I',
  'of',
  'who',
  'zero',
  'e\u0301',
  '👩‍👧',
  '🇳🇴',
  'ﬃ',
  '\u200d',
];
const anyText = fc.array(fc.constantFrom(...PARTS), { maxLength: 60 }).map((parts) => parts.join(''));
const RUNS = { seed: 1_701, numRuns: 500 };

describe('Whatever the text', () => {
  it('spans lie in it, in order and apart, and hold words', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { spans, span, score } of findQuotes(text, { threshold: 0 })) {
          let last = -1;
          for (const { start, end } of spans) {
            expect(start).toBeGreaterThan(last);
            expect(end).toBeGreaterThan(start);
            last = end - 1;
          }
          expect(span).toEqual({ start: spans[0]?.start, end: spans.at(-1)?.end });
          expect(span.end).toBeLessThanOrEqual(text.length);
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
        }
      }),
      RUNS,
    );
  });

  it('no span splits a character', () => {
    const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
    fc.assert(
      fc.property(anyText, (text) => {
        const ends = new Set([text.length, ...[...segmenter.segment(text)].map(({ index }) => index)]);
        for (const { spans } of findQuotes(text, { threshold: 0 }))
          for (const { start, end } of spans) expect([ends.has(start), ends.has(end)]).toEqual([true, true]);
      }),
      RUNS,
    );
  });

  it('the answer is the same each time, and the same in steps', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = findQuotes(text);
        expect(findQuotes(text)).toEqual(once);
        const steps = quoteSteps(text);
        let step = steps.next();
        while (!step.done) step = steps.next();
        expect(step.value).toEqual(once);
      }),
      { ...RUNS, numRuns: 200 },
    );
  });

  it('a paragraph put behind changes nothing before it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const alone = `“We stay,” said Ana Reyes.\n\n${text.replaceAll('\n', ' ')}`;
        const spansOf = (whole: string) =>
          findQuotes(whole, { language: 'en', threshold: 0 })
            .flatMap(({ spans }) => spans)
            .filter(({ end }) => end < 26);
        expect(spansOf(alone)).toEqual([{ start: 1, end: 8 }]);
      }),
      RUNS,
    );
  });
});

describe('A hostile text takes work in proportion to its length', () => {
  const MEGABYTE = 1_000_000;
  const fill = (unit: string, length: number) =>
    unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

  it('a megabyte of it', () => {
    const meter = { steps: 0 };
    findQuotes(fill('“We said to «the “zero\n"a" \'b \'said he, ', MEGABYTE), { meter });
    expect(meter.steps).toBeLessThan(300 * MEGABYTE);
  });

  it.each([
    ['opening marks', '“'],
    ['opening marks and words', ' "a'],
    ['marks of all kinds', '“«„"‘ a’'],
    ['single marks', " 'a"],
    ['paragraphs that only open', '“We said\n'],
    ['capital letters', 'Ana '],
    ['initials', 'A. '],
    ['verbs of saying', 'said '],
    ['commas', ', '],
    ['nothing but blanks', ' '],
    ['links', 'of the agency '],
    ['adverbs', 'reportedly '],
    ['quotations', '“a b,” he said '],
    ['quotations without a sentence', '“a” and '],
    ['according to', 'according to '],
    ['pronouns', 'they said “we go” '],
    ['colons and lines', 'she said:\n'],
    ['words that never end', 'a'],
    ['hyphens', 'a-'],
    ['accents', 'e\u0301'],
  ])('%s', (_name, unit) => {
    const meter = { steps: 0 };
    findQuotes(fill(unit, 100_000), { meter });
    expect(meter.steps).toBeLessThan(300 * 100_000);
  });
});
