import { fold } from './fold';
import type { Place } from './query';

/** Words that stand one after the other, folded, and the stems that the database found for them. */
export type Term = {
  readonly words: readonly string[];
  readonly stems: readonly string[];
  readonly prefix?: boolean;
};
export type Excerpt = { text: string; matches: Place[] };

/** UTF-16 units. */
const LONGEST = 240;
/** So much of it stands before the first match, at most. */
const BEFORE = 80;
/** An ending is at most so much longer than the stem. */
const ENDING = 5;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** Whether a word of a text is what one word of a term asks for: itself, another form of it, or its beginning. */
function isMeant(written: string, wanted: string, { stems, prefix }: Term): boolean {
  if (written === wanted || (prefix && written.startsWith(wanted))) return true;
  return stems.some((stem) => {
    // The last letter of a stem may be another than the word has (`parliamentari`).
    const base = stem.length > 4 ? stem.slice(0, -1) : stem;
    return base.length > 2 && written.startsWith(base) && written.length <= Math.max(stem.length, 3) + ENDING;
  });
}

type Match = Place & { readonly long: number };

/** Where the terms stand in a text, in order, the first ones only; a term of several words matches them one after the other. */
function* matchesIn(text: string, terms: readonly Term[]): Generator<Match> {
  const ahead: { folded: string; start: number; end: number }[] = [];
  const longest = Math.max(1, ...terms.map(({ words }) => words.length));
  const words = text.matchAll(WORD);
  let skip = 0;
  for (;;) {
    while (ahead.length < longest) {
      const next = words.next();
      if (next.done) break;
      const { 0: word, index } = next.value;
      ahead.push({ folded: fold(word), start: index, end: index + word.length });
    }
    const first = ahead[0];
    if (first === undefined) return;
    const term =
      skip > 0
        ? undefined
        : terms
            .filter(({ words: wanted }) => wanted.length > 0 && wanted.length <= ahead.length)
            .filter((one) => one.words.every((word, at) => isMeant(ahead[at]?.folded ?? '', word, one)))
            .sort((a, b) => b.words.length - a.words.length)[0];
    skip = Math.max(0, skip - 1);
    if (term !== undefined) {
      skip = term.words.length - 1;
      yield { start: first.start, end: ahead[skip]?.end ?? first.end, long: term.words.length };
    }
    ahead.shift();
  }
}

/** Whether anything of the terms stands in a text. */
export function hasMatch(text: string, terms: readonly Term[]): boolean {
  return !matchesIn(text, terms).next().done;
}

/**
 * At most 240 UTF-16 units of a text around the first place where a term stands, cut between words, with the places of the
 * terms in it; the beginning where none does. White space is kept as it is, so that offsets count in what is shown.
 */
export function excerptOf(text: string, terms: readonly Term[]): Excerpt {
  const first = matchesIn(text, terms).next().value as Match | undefined;
  const from = first === undefined ? 0 : first.start;
  let start = text.length <= LONGEST ? 0 : wordStart(text, Math.max(0, from - BEFORE), from);
  let end = start + LONGEST >= text.length ? text.length : wordEnd(text, start + LONGEST, start);
  // What stands at the end is shown with as much before it as there is room for.
  if (end === text.length && text.length > LONGEST) start = wordStart(text, text.length - LONGEST, from);
  while (start < end && /\s/u.test(text[start] as string)) start += 1;
  while (end > start && /\s/u.test(text[end - 1] as string)) end -= 1;
  const shown = text.slice(start, end);
  return {
    text: shown,
    matches: [...matchesIn(shown, terms)].map((one) => ({ start: one.start, end: one.end })),
  };
}

const isWordPart = (text: string, at: number) => /[\p{L}\p{N}\p{M}\p{Cs}\u200d]/u.test(text[at] ?? ' ');

/** The first place from `at` on, but before `limit`, where no word is cut. */
function wordStart(text: string, at: number, limit: number): number {
  if (at === 0) return 0;
  for (let to = at; to < limit; to += 1) {
    if (!(isWordPart(text, to - 1) && isWordPart(text, to))) return to;
  }
  return limit;
}

/** The last place up to `at`, where no word is cut; a single word longer than all that is shown is cut between characters. */
function wordEnd(text: string, at: number, start: number): number {
  for (let to = at; to > start; to -= 1) {
    if (!(isWordPart(text, to - 1) && isWordPart(text, to))) return to;
  }
  return /[\uD800-\uDBFF]/.test(text[at - 1] ?? '') ? at - 1 : at;
}
