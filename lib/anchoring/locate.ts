import type { Selector } from '../annotations/annotation';
import { describe, type Span } from './describe';

export type Place = { start: number; end: number; exact: string; prefix: string; suffix: string };

/**
 * The place that the selectors of a new annotation mean in this very text, letter for letter: a position must carry the
 * quoted words, a quote alone must stand once (its context decides between several). UTF-16 units, end exclusive.
 * Answers a fault, in words for the person, instead of guessing.
 */
export function locate(text: string, selectors: readonly Selector[]): Place | { fault: string } {
  const position = selectors.find((selector) => selector.type === 'TextPositionSelector');
  const quote = selectors.find((selector) => selector.type === 'TextQuoteSelector');
  if (quote === undefined) return { fault: 'A TextQuoteSelector is needed: it says which words are meant.' };
  if (position !== undefined) {
    if (position.end > text.length || position.start >= position.end) {
      return {
        fault: `The position ${position.start}-${position.end} is outside the text (0-${text.length}).`,
      };
    }
    if (text.slice(position.start, position.end) !== quote.exact) {
      return {
        fault:
          'The text at this position says something else than the quote. Load the source again and mark it anew.',
      };
    }
    return placeAt(text, position);
  }
  const found = occurrences(text, quote.exact);
  if (found.length === 0) return { fault: 'The text does not say this.' };
  const fitting = found.filter(
    (start) =>
      text.slice(0, start).endsWith(quote.prefix) &&
      text.startsWith(quote.suffix, start + quote.exact.length),
  );
  const [only, second] = found.length === 1 ? found : fitting;
  if (only === undefined)
    return { fault: 'The words stand in the text several times, none of them with this prefix and suffix.' };
  if (second !== undefined)
    return { fault: 'The words stand in the text several times. Add a prefix, a suffix or a position.' };
  return placeAt(text, { start: only, end: only + quote.exact.length });
}

function occurrences(text: string, words: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + 1)) found.push(at);
  return found;
}

function placeAt(text: string, span: Span): Place | { fault: string } {
  const [position, quote] = describe(text, span);
  if (position.start !== span.start || position.end !== span.end)
    return { fault: 'The passage begins or ends inside a character.' };
  return {
    start: position.start,
    end: position.end,
    exact: quote.exact,
    prefix: quote.prefix,
    suffix: quote.suffix,
  };
}
