import { cut, flat, shorten } from '../words/shorten';

/** Longest name of a code, in UTF-16 units. */
const LONGEST = 120;

/** The name of a code that is called by the words of a passage: on one line, without the marks around it, cut at a word. */
export function nameOfWords(exact: string): string {
  const words = flat(exact)
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '')
    .trim();
  return words === '' ? cut(exact.trim(), LONGEST) : shorten(words, LONGEST);
}
