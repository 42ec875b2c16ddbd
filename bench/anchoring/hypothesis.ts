import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Span } from '../../lib/anchoring/describe';

type Hit = { start: number; end: number; errors: number };
export type Search = (text: string, pattern: string, errors: number) => Hit[];

const PACKAGE = join(import.meta.dirname, 'peers/node_modules/approx-string-match/build/src/index.js');
export const isInstalled = () => existsSync(PACKAGE);

/** The approximate search that Hypothesis anchors by. */
export async function loadSearch(): Promise<Search> {
  return ((await import(pathToFileURL(PACKAGE).href)) as { default: Search }).default;
}

/** Hypothesis keeps 32 units of context. */
export const CONTEXT = 32;

/**
 * What Hypothesis' client does with a quote, written anew from what it is known to do: the position if the words stand
 * there; else all places of the very words; else those with the fewest errors, half the quote at most. Context and
 * nearness decide between those: 50 parts the quote, 20 each side, 2 the position. No least score.
 */
export function hypothesisAnchor(
  search: Search,
  text: string,
  quote: string,
  prefix: string,
  suffix: string,
  hint: number,
): (Span & { score: number }) | null {
  if (text.slice(hint, hint + quote.length) === quote)
    return { start: hint, end: hint + quote.length, score: 1 };
  const places = (within: string, words: string, errors: number): Hit[] => {
    const found: Hit[] = [];
    for (let at = within.indexOf(words); at !== -1; at = within.indexOf(words, at + 1))
      found.push({ start: at, end: at + words.length, errors: 0 });
    return found.length > 0 ? found : search(within, words, errors);
  };
  const likeness = (within: string, words: string) => {
    if (words === '') return 1;
    if (within === '') return 0;
    const [first] = places(within, words, words.length);
    return 1 - (first?.errors ?? words.length) / words.length;
  };
  let best: (Span & { score: number }) | null = null;
  for (const { start, end, errors } of places(text, quote, Math.min(256, quote.length / 2))) {
    const score =
      (50 * (1 - errors / quote.length) +
        20 * likeness(text.slice(Math.max(0, start - prefix.length), start), prefix) +
        20 * likeness(text.slice(end, end + suffix.length), suffix) +
        2 * (1 - Math.abs(start - hint) / text.length)) /
      92;
    if (best === null || score > best.score) best = { start, end, score };
  }
  return best;
}
