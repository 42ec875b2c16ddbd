import fc from 'fast-check';

/** One seed for every property: a failure can be run again. */
export const SEED = 20_261_124;

const WORDS = (
  'the of and in to a report draft auditor minister children crossing policy lawyer said wrote wrote found seven weeks ' +
  'river café naïve straße été prosecutors “lever” e-mail don’t 漢字 日本語 שָלום عربي 👩‍👩‍👧 👍🏽 e\u0301tude co\u00adoperate 1,000 ' +
  'evening small town harbour ledger memo office fence south travel word chart door outside weekly single number measure'
).split(' ');

const sentence = fc
  .array(fc.constantFrom(...WORDS), { minLength: 3, maxLength: 16 })
  .map((words) => `${words.join(' ')}.`);
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(' '));

/** A text of a few paragraphs, in several scripts, with many words that stand often. */
export const prose = fc.array(paragraph, { minLength: 1, maxLength: 8 }).map((parts) => parts.join('\n\n'));

/** A text and some passages of it: ends anywhere, in the middle of characters too. */
export const marked = prose.chain((text) =>
  fc.record({
    text: fc.constant(text),
    spans: fc.array(
      fc
        .tuple(fc.nat(text.length - 1), fc.integer({ min: 1, max: 200 }))
        .map(([start, length]) => ({ start, end: Math.min(text.length, start + length) })),
      { minLength: 1, maxLength: 8 },
    ),
  }),
);

/** Where the only occurrence of some words stands. */
export function spanOf(text: string, words: string): { start: number; end: number } {
  const start = text.indexOf(words);
  if (start === -1 || text.indexOf(words, start + 1) !== -1)
    throw new Error(`Not exactly once in the text: ${words}`);
  return { start, end: start + words.length };
}

let known: { text: string; offsets: Set<number> } | undefined;

/** Whether an offset stands between what people take for characters. */
export function isBetweenCharacters(text: string, offset: number): boolean {
  if (known?.text !== text) {
    const parts = new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text);
    known = { text, offsets: new Set([text.length, ...Array.from(parts, ({ index }) => index)]) };
  }
  return known.offsets.has(offset);
}
