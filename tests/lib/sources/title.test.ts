import { describe, expect, it } from 'vitest';
import { findTitle } from '@/lib/sources/title';

describe('findTitle', () => {
  it.each([
    ['A headline\n\nThe story begins.', 'A headline'],
    ['\ufeff\r\n \u00a0 \r\n  A  headline\u00a0here \r\nThe story', 'A headline here'],
    ['—\n***\nA headline', 'A headline'],
    ['标题\n正文', '标题'],
    ['', ''],
    ['\n \n…\n', ''],
  ])('of %j is %j', (text, title) => {
    expect(findTitle(text)).toBe(title);
  });

  it('is the beginning of the first paragraph when there is no headline, cut between words', () => {
    const title = findTitle('The committee met on Tuesday and '.repeat(20));
    expect(title.length).toBeLessThanOrEqual(121);
    expect(title).toMatch(/^The committee met .*\w…$/);
    expect('The committee met on Tuesday and '.repeat(20)).toContain(`${title.slice(0, -1)} `);
  });

  it('never splits a character', () => {
    expect(findTitle('👩'.repeat(300)).isWellFormed()).toBe(true);
  });
});
