import type { Language } from './language';
import type { Quoted } from './marks';

/** A word, a sign that parts, the end of a line, or a quotation as a whole: what the rules read. */
export type Item = {
  readonly kind: 'word' | 'sign' | 'line' | 'quote';
  readonly start: number;
  readonly end: number;
  /** As written; a sign's character; empty for a quotation. */
  readonly text: string;
  readonly lower: string;
  readonly isCapital: boolean;
  /** Whether nothing but the end of an abbreviation or spaces stand before it and the item before. */
  readonly isNext: boolean;
  /** A word with "'s" behind it. */
  readonly isOwner: boolean;
  /** Index of the quotation; -1 for the rest. */
  readonly quote: number;
};

/** No part of it can match in two ways, so no text makes it slow. */
const PART =
  /(\p{L}[\p{L}\p{M}\p{N}]*(?:[-‑][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*|[$€£]?\p{N}+)|(['’]s(?![\p{L}\p{N}]))|([.,;:!?…()[\]/—–])|(\n+)|(['’])/gu;
const CAPITAL = /^\p{Lu}/u;
/** What may stand between the words of one name. */
const WITHIN_NAME = /^[ \u00a0.]*$|^['’]$/;

/** Reads a text into items; what stands inside a quotation is one item. */
export function itemsOf(text: string, quotes: readonly Quoted[], language: Language): Item[] {
  const items: Item[] = [];
  let from = 0;
  for (const [index, { outer }] of quotes.entries()) {
    readBetween(text, from, outer.start, language, items);
    const { start, end } = outer;
    items.push({
      kind: 'quote',
      start,
      end,
      text: '',
      lower: '',
      isCapital: false,
      isNext: false,
      isOwner: false,
      quote: index,
    });
    from = end;
  }
  readBetween(text, from, text.length, language, items);
  return items;
}

function readBetween(text: string, from: number, to: number, language: Language, items: Item[]): void {
  const part = text.slice(from, to);
  for (const match of part.matchAll(PART)) {
    const start = from + match.index;
    const end = start + match[0].length;
    const last = items.at(-1);
    if (match[2] !== undefined) {
      if (last?.kind === 'word' && last.end === start) items[items.length - 1] = { ...last, isOwner: true };
      continue;
    }
    if (match[5] !== undefined) continue;
    const kind = match[1] !== undefined ? 'word' : match[4] !== undefined ? 'line' : 'sign';
    const written = match[0];
    if (written === '.' && endsNothing(text, last, start, language)) continue;
    items.push({
      kind,
      start,
      end,
      text: written,
      lower: written.toLowerCase(),
      isCapital: kind === 'word' && CAPITAL.test(written),
      isNext: last?.kind === 'word' && start - last.end < 4 && WITHIN_NAME.test(text.slice(last.end, start)),
      isOwner: false,
      quote: -1,
    });
  }
}

/** The point of an abbreviation or of an initial, which ends no sentence. */
function endsNothing(text: string, last: Item | undefined, start: number, language: Language): boolean {
  if (last?.kind !== 'word' || last.end !== start) return false;
  if (start + 1 >= text.length || text.charAt(start + 1) === '\n') return false;
  if (last.text.length === 1 && last.isCapital && last.lower !== 'i') return true;
  return last.isCapital && language.abbreviations.has(last.lower);
}
