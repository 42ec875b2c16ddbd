import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameOfWords } from '@/lib/codebook/in-vivo';
import { kwicOf } from '@/lib/codebook/kwic';

describe('A passage in its context', () => {
  it('stands on one line, cut at words', () => {
    const prefix = `${'far away '.repeat(20)}and then\nthe auditor said: `;
    const suffix = `\n\nThe ministry ${'denied it again '.repeat(20)}`;
    const { before, exact, after } = kwicOf({ prefix, exact: 'We found\nno records', suffix });
    expect(exact).toBe('We found no records');
    expect(before).toMatch(/^…(far|away) .* and then the auditor said: $/);
    expect(after).toMatch(/^ The ministry denied .*\w…$/);
  });

  it('is whole where it is short, and never long or with half a character', () => {
    expect(kwicOf({ prefix: 'a ', exact: 'b', suffix: ' c' })).toEqual({
      before: 'a ',
      exact: 'b',
      after: ' c',
    });
    const text = fc.string({ unit: 'grapheme', maxLength: 600 });
    fc.assert(
      fc.property(text, text, text, (prefix, exact, suffix) => {
        const cut = kwicOf({ prefix, exact, suffix });
        for (const part of Object.values(cut)) {
          expect(part.length).toBeLessThan(260);
          expect(part).not.toMatch(/\n/);
        }
        if ([prefix, exact, suffix].every((part) => part.isWellFormed()))
          for (const part of Object.values(cut)) expect(part.isWellFormed()).toBe(true);
      }),
      { numRuns: 300, seed: 20 },
    );
  });
});

describe('A code in the words of the source', () => {
  it('is called by the passage, without the marks around it', () => {
    expect(nameOfWords(' “we found\n no records,” ')).toBe('we found no records');
    expect(nameOfWords('…')).toBe('…');
    const long = nameOfWords('never again '.repeat(30));
    expect(long.length).toBeLessThanOrEqual(120);
    expect(long).toMatch(/(never|again)…$/);
  });
});
