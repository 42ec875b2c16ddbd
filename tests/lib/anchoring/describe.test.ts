import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describe as describePassage } from '@/lib/anchoring/describe';
import { isBetweenCharacters, marked, SEED, spanOf } from './texts';

const quoteOf = (text: string, start: number, end: number) => describePassage(text, { start, end })[1].exact;

describe('Describing a passage', () => {
  it('says where it stands, what it says and what stands around it', () => {
    const text = 'It was late. The dog ran off. Nobody saw it.';
    expect(describePassage(text, spanOf(text, 'The dog ran off.'))).toEqual([
      { type: 'TextPositionSelector', start: 13, end: 29 },
      {
        type: 'TextQuoteSelector',
        exact: 'The dog ran off.',
        prefix: 'It was late. ',
        suffix: ' Nobody saw it.',
      },
    ]);
  });

  it.each([
    ['an emoji of one pair', 'a👍b', 1, 2, '👍'],
    ['an emoji with a skin tone', 'a👍🏽b', 1, 3, '👍🏽'],
    ['a family held together by joiners', 'a👩‍👩‍👧b', 3, 4, '👩‍👩‍👧'],
    ['a flag beside another flag', '🇫🇷🇩🇪', 2, 4, '🇫🇷'],
    ['a letter with a combining accent', 'cafe\u0301!', 0, 4, 'cafe\u0301'],
    ['a Hangul syllable in parts', '\u1112\u1161\u11ab', 1, 2, '\u1112\u1161\u11ab'],
    ['a Devanagari syllable', 'नमस्ते', 1, 3, 'मस्ते'],
    ['a Hebrew letter with its point', 'שָלום', 1, 3, 'שָל'],
  ])('never splits %s', (_, text, start, end, exact) => {
    expect(quoteOf(text, start, end)).toBe(exact);
  });

  it('gives enough context to tell the same words apart', () => {
    const same = 'The committee met in the morning and adjourned in the evening. '.repeat(8);
    const text = `First day. ${same}Second day. ${same}`;
    const start = text.lastIndexOf('committee');
    const [, { prefix, exact, suffix }] = describePassage(text, { start, end: start + 9 });
    const told = prefix + exact + suffix;
    expect(text.indexOf(told)).toBe(start - prefix.length);
    expect(text.indexOf(told, text.indexOf(told) + 1)).toBe(-1);
  });

  it.each([
    [3, 3],
    [-1, 2],
    [2, 9],
    [5, 4],
  ])('refuses the span %d to %d of a text of eight', (start, end) => {
    expect(() => describePassage('eight ch', { start, end })).toThrow(RangeError);
  });

  it('describes every span by words that stand at its position, its ends between characters', () => {
    fc.assert(
      fc.property(marked, ({ text, spans }) => {
        for (const span of spans) {
          const [position, quote] = describePassage(text, span);
          expect(position.start).toBeLessThanOrEqual(span.start);
          expect(position.end).toBeGreaterThanOrEqual(span.end);
          expect(
            text.startsWith(quote.prefix + quote.exact + quote.suffix, position.start - quote.prefix.length),
          ).toBe(true);
          for (const offset of [position.start, position.end])
            expect(isBetweenCharacters(text, offset)).toBe(true);
        }
      }),
      { seed: SEED, numRuns: 60 },
    );
  });
});
