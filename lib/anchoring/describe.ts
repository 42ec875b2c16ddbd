import { wholeCharacter } from './graphemes';

/** A passage in a text: UTF-16 units, end exclusive. */
export type Span = { readonly start: number; readonly end: number };

export type Selectors = [
  { type: 'TextPositionSelector'; start: number; end: number },
  { type: 'TextQuoteSelector'; exact: string; prefix: string; suffix: string },
];

/** UTF-16 units of context kept on each side of a passage, and at most, where fewer would not tell it from others. */
const CONTEXT = 200;
const MOST_CONTEXT = 1_600;
/** Other places of the same words that are looked at: words that stand more often are told apart by position. */
const MOST_PLACES = 200;

/**
 * Describes a Span by the two selectors of the W3C Web Annotation Data Model (sections 4.2.4 and 4.2.5), with enough
 * context to tell the passage from others of the same words. Offsets are UTF-16 units, end exclusive; ends that would
 * split what people take for one character are moved outwards.
 * @throws RangeError when the span is empty or outside the text.
 */
export function describe(text: string, span: Span): Selectors {
  if (!(span.start >= 0 && span.end <= text.length && span.start < span.end))
    throw new RangeError('The span is empty or outside the text');
  const start = wholeCharacter(text, span.start, -1);
  const end = wholeCharacter(text, span.end, 1);
  const exact = text.slice(start, end);
  let size = CONTEXT;
  for (let place = text.indexOf(exact), met = 0; place !== -1 && met < MOST_PLACES; met += 1) {
    if (place !== start) size = Math.max(size, 20 + sharedContext(text, start, place, exact.length));
    place = text.indexOf(exact, place + 1);
  }
  size = Math.min(size, MOST_CONTEXT);
  return [
    { type: 'TextPositionSelector', start, end },
    {
      type: 'TextQuoteSelector',
      exact,
      prefix: text.slice(wholeCharacter(text, start - size, 1), start),
      suffix: text.slice(end, wholeCharacter(text, end + size, -1)),
    },
  ];
}

/** Units of context after which two places of one text differ, on the side where that takes fewer. */
function sharedContext(text: string, one: number, two: number, length: number): number {
  let before = 0;
  while (before < MOST_CONTEXT && before < two && text[one - before - 1] === text[two - before - 1])
    before += 1;
  let behind = 0;
  while (behind < before && text[one + length + behind] === text[two + length + behind]) {
    // Where the text ends, its end is no word that could tell: a longer text begins alike.
    if (one + length + behind >= text.length) return before;
    behind += 1;
  }
  if (one + length + behind >= text.length) return before;
  return before >= one ? behind : Math.min(before, behind);
}
