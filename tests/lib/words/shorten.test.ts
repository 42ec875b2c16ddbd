import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut, flat, shorten } from '@/lib/words/shorten';

describe('A text that is too long', () => {
  it('is cut between words where there are any, and says that it goes on', () => {
    expect(shorten('one two three four', 12)).toBe('one two…');
    expect(shorten('onetwothreefour', 12)).toBe('onetwothree…');
    expect(shorten('a onetwothreefour', 12)).toBe('a onetwothr…');
    expect(shorten(' one\n two ', 7)).toBe('one two');
  });

  it('is on one line, never longer than asked for, and never has half of a character', () => {
    const texts = fc.array(fc.constantFrom('😀', 'a', ' ', '\n', 'word', 'é'), { maxLength: 60 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 80 }), (parts, most) => {
        const text = parts.join('');
        const short = shorten(text, most);
        expect(short.length).toBeLessThanOrEqual(most);
        expect(short.isWellFormed()).toBe(true);
        expect(short).toBe(flat(short));
        expect(cut(text, most).isWellFormed()).toBe(true);
        if (flat(text).length <= most) expect(short).toBe(flat(text));
        else expect(flat(text).startsWith(short.slice(0, -1))).toBe(true);
      }),
    );
  });
});
