import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerpt } from '@/components/sources/excerpt';
import { publishedWords } from '@/components/sources/published-words';

describe('the part of a long text that is shown', () => {
  it('is its beginning and end, counts the rest, and splits no character', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', '😀', 'é', '\n'), { maxLength: 60 }),
        fc.integer({ min: 2, max: 40 }),
        (pieces, limit) => {
          const text = pieces.join('');
          const { head, hidden, tail } = excerpt(text, limit);
          expect(head.length + hidden + tail.length).toBe(text.length);
          expect(text.startsWith(head) && text.endsWith(tail)).toBe(true);
          expect(head.isWellFormed() && tail.isWellFormed()).toBe(true);
          expect(head.length + tail.length).toBeLessThanOrEqual(
            Math.max(limit, hidden === 0 ? text.length : 0),
          );
        },
      ),
      { seed: 3, numRuns: 500 },
    );
  });
});

describe('the date a source gives for itself', () => {
  it.each([
    ['2020-10-06T23:30:00-04:00', '6 Oct 2020'],
    ['2020-10-06', '6 Oct 2020'],
    ['Spring 1998', 'Spring 1998'],
    [null, null],
    ['', null],
  ])('%j is shown as %j, the day it was there', (given, words) => {
    expect(publishedWords(given)).toBe(words);
  });
});
