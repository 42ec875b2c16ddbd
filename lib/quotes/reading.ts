import type { Item } from './items';
import type { Language } from './language';
import type { Quoted } from './marks';

/** What the rules have before them: the text as items, and a count of the items they looked at. */
export type Reading = {
  readonly text: string;
  readonly quotes: readonly Quoted[];
  readonly items: readonly Item[];
  readonly language: Language;
  /** Counts the work, so that a test can hold it to the length of the text. */
  readonly meter: { steps: number };
};

/** Items of a sentence that are looked at on either side of a quotation. */
export const REACH = 70;

const ENDS = new Set(['.', '!', '?', '…']);

/** Whether a sentence ends at this item: a full stop, the end of a line, or a quotation that ends with a full stop and no clause follows. */
export function endsSentence(reading: Reading, at: number): boolean {
  reading.meter.steps += 1;
  const item = reading.items[at];
  if (item === undefined || item.kind === 'line') return true;
  if (item.kind === 'sign') return ENDS.has(item.text);
  if (item.kind !== 'quote') return false;
  const next = reading.items[at + 1];
  if (!isWhole(reading, item.quote)) return false;
  return next === undefined || next.kind === 'line' || next.kind === 'quote' || next.isCapital;
}

/** Whether a quotation ends as a sentence does. */
export function isWhole(reading: Reading, quote: number): boolean {
  const end = reading.quotes[quote]?.pieces.at(-1)?.end ?? 0;
  return ENDS.has(reading.text.charAt(end - 1));
}

/** The index of the first item of the sentence that the item before `at` belongs to. */
export function sentenceStart(reading: Reading, at: number): number {
  let from = at;
  while (from > 0 && at - from < REACH && !endsSentence(reading, from - 1)) from -= 1;
  return from;
}

/** The index behind the last item of the sentence that begins or goes on at `at`; a full stop is left out. */
export function sentenceEnd(reading: Reading, at: number): number {
  let to = at;
  while (to < reading.items.length && to - at < REACH && !endsSentence(reading, to)) to += 1;
  return to;
}

/** The index of the first item of the line. */
export function lineStart(reading: Reading, at: number): number {
  let from = at;
  while (from > 0 && at - from < 6 * REACH && reading.items[from - 1]?.kind !== 'line') {
    reading.meter.steps += 1;
    from -= 1;
  }
  return from;
}

/** Whether the words of a phrase stand at an item. */
export function phraseAt({ items }: Reading, at: number, phrases: readonly (readonly string[])[]): number {
  for (const phrase of phrases)
    if (phrase.every((word, step) => items[at + step]?.lower === word)) return phrase.length;
  return 0;
}

/** The text from one item to another, both included. */
export function written({ text, items }: Reading, first: number, last: number): string {
  return text.slice(items[first]?.start ?? 0, items[last]?.end ?? 0).replace(/\s+/g, ' ');
}

/** The words of a quotation's first piece, in lower case, at most `most`. */
export function quotedWords({ text, quotes }: Reading, quote: number, most = 40): string[] {
  const piece = quotes[quote]?.pieces[0];
  if (piece === undefined) return [];
  const found = text
    .slice(piece.start, Math.min(piece.end, piece.start + most * 16))
    .match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}-]*/gu);
  return (found ?? []).slice(0, most);
}

/** Whether a word may stand between a subject and its verb: an adverb or an auxiliary. */
export function isBetween({ items, language }: Reading, at: number): boolean {
  const item = items[at];
  if (item?.kind !== 'word') return false;
  const { lower, isCapital } = item;
  return (
    language.adverbs.has(lower) ||
    language.auxiliaries.has(lower) ||
    (!isCapital && language.adverb.test(lower))
  );
}
