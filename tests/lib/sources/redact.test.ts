import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '@/lib/sources/redact';

const SEED = 20_261_128;

describe('redact', () => {
  it('blacks out what is in a passage, and leaves its white space and all around it', () => {
    expect(redact('She met Ann Lee.\nAt noon', 0, [{ start: 8, end: 18 }])).toBe('She met ███ ████\n█t noon');
    expect(redact('a 12 € 😀 é', 0, [{ start: 0, end: 99 }])).toBe('█ ██ █ ██ █');
  });

  it('counts in a text that a part begins later in', () => {
    expect(redact('Ann Lee', 8, [{ start: 0, end: 11 }])).toBe('███ Lee');
    expect(redact('Ann Lee', 8, [{ start: 0, end: 8 }])).toBe('Ann Lee');
    expect(
      redact('Ann Lee', 8, [
        { start: 12, end: 13 },
        { start: 9, end: 10 },
      ]),
    ).toBe('A█n █ee');
  });

  it('keeps every length, and says of a whole what it says of its parts', () => {
    const span = fc.tuple(fc.nat(60), fc.nat(60)).map(([one, other]) => ({
      start: Math.min(one, other),
      end: Math.max(one, other),
    }));
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 50 }),
        fc.array(span),
        fc.nat(50),
        (text, spans, cut) => {
          const whole = redact(text, 0, spans);
          expect(whole).toHaveLength(text.length);
          expect(redact(text.slice(0, cut), 0, spans) + redact(text.slice(cut), cut, spans)).toBe(whole);
          for (const { start, end } of spans) expect(whole.slice(start, end)).toMatch(/^[█\s]*$/);
        },
      ),
      { seed: SEED },
    );
  });
});
