import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refit } from '@/lib/exchange/refit';

const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), minLength: 1, maxLength: 60 });

describe('A place in a text whose white space became another', () => {
  it('holds the same words', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (from, one, size) => {
        const to = from.replace(/\s+/g, ' \n ');
        const start = one % from.length;
        const end = Math.min(from.length, start + 1 + (size % 9));
        const bare = (words: string) => words.replace(/\s/g, '');
        const found = refit(from, to)({ start, end });
        expect(found === null ? '' : bare(to.slice(found.start, found.end))).toBe(
          bare(from.slice(start, end)),
        );
      }),
      { seed: 29, numRuns: 500 },
    );
  });

  it('is none where the words themselves are others', () => {
    expect(refit('one two', 'one three')({ start: 0, end: 3 })).toBe(null);
  });
});
