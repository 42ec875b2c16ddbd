/** A passage: UTF-16 units, end exclusive. */
type Span = { readonly start: number; readonly end: number };

/** What stands in the place of every sign of a protected passage that is not white space. */
export const BLACK = '█';

/**
 * The text with the parts of these spans (UTF-16 units, end exclusive; `text` begins at `offset` of what they count in) blacked out:
 * every unit but white space, so that the length, the lines and every place outside stay as they are.
 */
export function redact(text: string, offset: number, spans: readonly Span[]): string {
  let made = text;
  for (const { start, end } of spans) {
    const [from, to] = [Math.max(0, start - offset), Math.min(text.length, end - offset)];
    if (from < to) made = made.slice(0, from) + made.slice(from, to).replace(/\S/g, BLACK) + made.slice(to);
  }
  return made;
}

/** Whether two spans have a unit in common. */
export const touches = (one: Span, other: Span): boolean => one.start < other.end && other.start < one.end;
