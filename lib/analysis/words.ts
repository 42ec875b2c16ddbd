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
  if (n === 1) return countWords(counts, text, language, stop);
  const words = wordsOf(text, language);
  let run: Word[] = [];
  for (const word of words) {
    const last = run.at(-1);
    if (last !== undefined && !joins(text, last, word)) run = [];
    run.push(word);
    if (run.length > n) run.shift();
    if (run.length !== n) continue;
    const first = run[0] as Word;
    if (stop.has(first.word) || stop.has(word.word)) continue;
    const phrase = run.map((one) => one.word).join(' ');
    counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
  }
  return words.length;
}

/** The same for single words: nobody asks where they stand, so that the whole text is folded at once. */
function countWords(
  counts: Map<string, number>,
  text: string,
  language: string | null,
  stop: ReadonlySet<string>,
): number {
  let words = 0;
  for (const { segment, isWordLike } of segmenterFor(language).segment(text.normalize('NFC').toLowerCase())) {
    if (!isWordLike) continue;
    words += 1;
    const word = segment.includes('’') ? segment.replaceAll('’', "'") : segment;
    if (!stop.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return words;
}

/** Where a phrase stands in a text, word for word as they are counted; no place goes over the end of a sentence. */
export function placesOf(
  text: string,
  language: string | null,
  phrase: string,
): { start: number; end: number }[] {
  const wanted = wordsOf(phrase, language).map(({ word }) => word);
  const [first] = wanted;
  if (first === undefined) return [];
  const places: { start: number; end: number }[] = [];
  let from = 0;
  // No place goes over the end of a line, and words are cut only where their letters are.
  for (const line of text.split('\n')) {
    const folded = foldWord(line);
    if (folded.includes(first)) {
      const segments = segmenterFor(language).segment(line);
      const starts = keepsPlaces(line) ? everywhere(folded, first) : wordStarts(segments);
      for (const start of starts) {
        const end = endOf(line, segments, start, wanted);
        if (end !== null) places.push({ start: from + start, end: from + end });
      }
    }
    from += line.length + 1;
  }
  return places;
}

/** Whether a text that is folded has each letter where it was. */
const keepsPlaces = (text: string) => !text.includes('İ') && text.normalize('NFC') === text;

function everywhere(text: string, word: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) found.push(at);
  return found;
}

const wordStarts = (segments: Intl.Segments) =>
  Array.from(segments).flatMap(({ index, isWordLike }) => (isWordLike ? [index] : []));

/** Where a run of words ends that begins at a place; null where they don't stand there. */
function endOf(
  line: string,
  segments: Intl.Segments,
  start: number,
  wanted: readonly string[],
): number | null {
  let [at, last]: [number, Word | null] = [start, null];
  for (const word of wanted) {
    let part = segments.containing(at);
    // Between two words stands what is none.
    while (last !== null && part !== undefined && !part.isWordLike)
      part = segments.containing(part.index + part.segment.length);
    if (part === undefined || !part.isWordLike || foldWord(part.segment) !== word) return null;
    if (last === null && part.index !== start) return null;
    const next = { word, start: part.index, end: part.index + part.segment.length };
    if (last !== null && !joins(line, last, next)) return null;
    [at, last] = [next.end, next];
  }
  return last?.end ?? null;
}
