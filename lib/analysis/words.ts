import { STOP_WORDS } from './stop-words';

/** A word of a text and where it stands, in UTF-16 units. */
export type Word = { readonly word: string; readonly start: number; readonly end: number };

const segmenters = new Map<string, Intl.Segmenter>();
function segmenterFor(language: string | null): Intl.Segmenter {
  const known = Intl.Segmenter.supportedLocalesOf(
    [language ?? ''].filter((one) => /^[a-z]{2,3}(-|$)/i.test(one)),
  );
  const locale = known[0] ?? 'en';
  const made = segmenters.get(locale) ?? new Intl.Segmenter(locale, { granularity: 'word' });
  segmenters.set(locale, made);
  return made;
}

/** The words of a text in their order, folded to small letters, by the rules of its language (Unicode UAX 29). */
export function wordsOf(text: string, language: string | null): Word[] {
  const words: Word[] = [];
  for (const { segment, index, isWordLike } of segmenterFor(language).segment(text))
    if (isWordLike) words.push({ word: foldWord(segment), start: index, end: index + segment.length });
  return words;
}

/** A word as it is counted. */
export function foldWord(word: string): string {
  return word.normalize('NFC').toLocaleLowerCase('en').replaceAll('’', "'");
}

/** The words that say nothing by themselves in a language (`en-GB` is `en`); none where we have no list. */
export function stopWordsOf(language: string | null): ReadonlySet<string> {
  return STOP_WORDS[(language ?? 'en').slice(0, 2).toLowerCase()] ?? NONE;
}
const NONE: ReadonlySet<string> = new Set();

/** Whether only letters that end no sentence stand between two neighbouring words. */
const joins = (text: string, one: Word, next: Word) => !/[.!?…:;\n]/u.test(text.slice(one.end, next.start));

/**
 * How often each phrase of `n` words occurs, added to `counts`; no phrase goes over the end of a sentence. With stop words
 * given, a phrase that begins or ends with one is left out. Answers how many words the text has, stop words and all.
 */
export function countPhrases(
  counts: Map<string, number>,
  text: string,
  language: string | null,
  n: number,
  stop: ReadonlySet<string>,
): number {
  const words = wordsOf(text, language);
  let run: Word[] = [];
  for (const word of words) {
    const last = run.at(-1);
    if (last !== undefined && !joins(text, last, word)) run = [];
    run = [...run.slice(-(n - 1) || run.length), word];
    if (run.length !== n) continue;
    const first = run[0] as Word;
    if (stop.has(first.word) || stop.has(word.word)) continue;
    const phrase = run.map((one) => one.word).join(' ');
    counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
  }
  return words.length;
}

/** Where a phrase stands in a text, word for word as they are counted; no place goes over the end of a sentence. */
export function placesOf(
  text: string,
  language: string | null,
  phrase: string,
): { start: number; end: number }[] {
  const wanted = wordsOf(phrase, language).map(({ word }) => word);
  if (wanted.length === 0) return [];
  const words = wordsOf(text, language);
  const places: { start: number; end: number }[] = [];
  for (let at = 0; at + wanted.length <= words.length; at += 1) {
    const run = words.slice(at, at + wanted.length);
    if (!run.every(({ word }, index) => word === wanted[index])) continue;
    if (run.some((word, index) => index > 0 && !joins(text, run[index - 1] as Word, word))) continue;
    places.push({ start: (run[0] as Word).start, end: (run.at(-1) as Word).end });
  }
  return places;
}
