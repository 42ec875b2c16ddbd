import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CODE_POINTS, type Counting, createRuler, findCounting, UNITS } from '@/lib/exchange/offsets';

const text = fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', '\n', ' '), maxLength: 3_000 });
const counting = fc.record({
  unit: fc.constantFrom(...UNITS),
  lineEnd: fc.constantFrom(1 as const, 2 as const),
  before: fc.constantFrom(0, 1),
}) as fc.Arbitrary<Counting>;

/** The same by the plainest means: the text before the place is written out and counted. */
function countedByHand(before: string, { unit, lineEnd, before: mark }: Counting): number {
  const written = lineEnd === 2 ? before.replaceAll('\n', '\r\n') : before;
  if (unit === 'utf-16') return mark + written.length;
  return mark + (unit === 'utf-8' ? Buffer.byteLength(written) : [...written].length);
}

describe('Places in another program’s counting', () => {
  it('are what one counts by writing the text out, and lead back to the same character', () => {
    fc.assert(
      fc.property(text, counting, fc.nat(), (given, how, seed) => {
        const ruler = createRuler(given, how);
        const characters = [...given];
        const at = characters.slice(0, seed % (characters.length + 1)).join('').length;
        expect(ruler.out(at)).toBe(countedByHand(given.slice(0, at), how));
        expect(ruler.in(ruler.out(at))).toBe(at);
        expect(ruler.length).toBe(countedByHand(given, how));
      }),
      { seed: 29, numRuns: 300 },
    );
  });

  it('inside a character are its beginning, and outside the text are none', () => {
    const ruler = createRuler('a😀b', { ...CODE_POINTS, unit: 'utf-8' });
    expect([0, 1, 2, 4, 5, 6].map(ruler.in)).toEqual([0, 1, 1, 1, 3, 4]);
    expect([-1, 7, 1.5, Number.NaN].map(ruler.in)).toEqual([null, null, null, null]);
    expect(createRuler('a😀b', CODE_POINTS).out(2)).toBe(1);
  });
});

describe('How a program counted', () => {
  const words = 'The 😀 mayor\ndenied it.\nShe left 😀 early\nand the port closed.\n'.repeat(12);
  it.each<Counting>([
    CODE_POINTS,
    { unit: 'utf-16', lineEnd: 2, before: 0 },
    { unit: 'utf-8', lineEnd: 1, before: 0 },
    { unit: 'code-point', lineEnd: 2, before: 1 },
  ])('is found from the words that its passages are named after: %j', (how) => {
    const ruler = createRuler(words, how);
    const samples = [...words.matchAll(/denied|early|port/g)].map(({ index, 0: quote }) => ({
      start: ruler.out(index),
      end: ruler.out(index + quote.length),
      quote,
    }));
    expect(findCounting(words, samples)).toEqual({ counting: how, isCertain: true });
  });

  it('is said to be uncertain where two ways fit equally and give other places', () => {
    const found = findCounting('a\na\na\na\na\na', [{ start: 4, end: 5, quote: null }]);
    expect(found).toEqual({ counting: CODE_POINTS, isCertain: false });
  });
});
