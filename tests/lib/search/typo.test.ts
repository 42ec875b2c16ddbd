import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typosBetween } from '@/lib/search/typo';

const word = fc.stringMatching(/^[a-e]{0,9}$/);

describe('Typing mistakes between two words', () => {
  it.each([
    ['minister', 'minister', 0],
    ['minister', 'minster', 1],
    ['minister', 'mimister', 1],
    ['receive', 'recieve', 1],
    ['government', 'goverment', 1],
    ['goverment', 'governmnet', 2],
    ['report', 'minister', 3],
  ])('%s and %s: %i', (a, b, count) => expect(typosBetween(a, b, 2)).toBe(count));

  it('are as many either way, and none between equal words only', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(typosBetween(a, b, 3)).toBe(typosBetween(b, a, 3));
        expect(typosBetween(a, b, 3) === 0).toBe(a === b);
      }),
    );
  });
});
