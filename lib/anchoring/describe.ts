/** A passage in a text: UTF-16 units, end exclusive. */
export type Span = { readonly start: number; readonly end: number };

export type Selectors = [
  { type: 'TextPositionSelector'; start: number; end: number },
  { type: 'TextQuoteSelector'; exact: string; prefix: string; suffix: string },
];

/** UTF-16 units of context kept on each side of a passage. */
const CONTEXT = 64;

/** Moves an offset off the middle of a surrogate pair, in the direction given. */
function whole(text: string, offset: number, step: -1 | 1): number {
  const unit = text.charCodeAt(offset);
  const inPair =
    unit >= 0xdc00 && unit <= 0xdfff && offset > 0 && (text.charCodeAt(offset - 1) & 0xfc00) === 0xd800;
  return inPair ? offset + step : offset;
}

/**
 * Describes a Span by the two selectors of the W3C Web Annotation Data Model (sections 4.2.4 and 4.2.5).
 * Offsets are UTF-16 units, end exclusive; ends that would split a surrogate pair are moved outwards.
 * @throws RangeError when the span is empty or outside the text.
 */
export function describe(text: string, span: Span): Selectors {
  const start = whole(text, span.start, -1);
  const end = whole(text, span.end, 1);
  if (!(start >= 0 && end <= text.length && start < end))
    throw new RangeError('The span is empty or outside the text');
  return [
    { type: 'TextPositionSelector', start, end },
    {
      type: 'TextQuoteSelector',
      exact: text.slice(start, end),
      prefix: text.slice(whole(text, Math.max(0, start - CONTEXT), 1), start),
      suffix: text.slice(end, whole(text, Math.min(text.length, end + CONTEXT), -1)),
    },
  ];
}
