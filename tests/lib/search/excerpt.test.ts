import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerptOf, type Term } from '@/lib/search/excerpt';

const term = (words: string, stems: string[] = []): Term => ({ words: words.split(' '), stems });
const LONG = `${'Nothing of note. '.repeat(40)}The watchdog wrote a draft report in May. ${'It goes on. '.repeat(40)}`;
const shownIn = ({ text, matches }: ReturnType<typeof excerptOf>) =>
  matches.map(({ start, end }) => text.slice(start, end));

describe('An excerpt', () => {
  it('stands around the first match and says where the matches are in it', () => {
    const excerpt = excerptOf(LONG, [term('draft report'), term('may')]);
    expect(excerpt.text).toContain('The watchdog wrote a draft report in May.');
    expect(shownIn(excerpt)).toEqual(['draft report', 'May']);
  });

  it('shows other forms of a word by its stem, and forgives accents and case', () => {
    expect(
      shownIn(excerptOf('GRÖSSE, régions; regional', [term('grosse'), term('region', ['region'])])),
    ).toEqual(['GRÖSSE', 'régions', 'regional']);
  });

  it('does not take a long word for a form of a short one', () => {
    expect(shownIn(excerptOf('A runaround, and a run', [term('run', ['run'])]))).toEqual(['run']);
  });

  it('is the beginning of a text that matches nowhere', () => {
    expect(excerptOf(LONG, [term('absent')])).toMatchObject({ matches: [] });
    expect(LONG.startsWith(excerptOf(LONG, []).text)).toBe(true);
  });

  it('is a piece of the text, at most 240 units long, with whole characters and matches within', () => {
    const texts = fc
      .array(
        fc.oneof(fc.constantFrom('draft', 'report', 'Größe', '👩‍🚀', '\n', 'x'.repeat(300)), fc.string()),
        {
          maxLength: 80,
        },
      )
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(texts, (text) => {
        const excerpt = excerptOf(text, [term('draft report'), term('grosse')]);
        expect(excerpt.text.length).toBeLessThanOrEqual(240);
        expect(text).toContain(excerpt.text);
        expect(excerpt.text).not.toMatch(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/);
        const ends = excerpt.matches.flatMap(({ start, end }) => [start, end]);
        expect(ends).toEqual([...ends].sort((a, b) => a - b));
        for (const words of shownIn(excerpt)) expect(words).toMatch(/^(draft[^\p{L}]+report|Größe)$/u);
      }),
      { numRuns: 500 },
    );
  });
});
