const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** The place of a follow-up that nobody has moved: after all that were made before it. */
export function placeOf(id: string): string {
  // Ids are UUIDv7, so their hex digits are in the order of making; a place never ends in 0.
  return `${id.replaceAll('-', '')}i`;
}

/**
 * A place between two others, `null` for either end; places compare letter by letter, and none ends in 0, so that there is
 * always one more between two.
 */
export function placeBetween(before: string | null, after: string | null): string {
  const low = before ?? '';
  let high = after;
  let place = '';
  for (let at = 0; ; at += 1) {
    const from = at < low.length ? DIGITS.indexOf(low.charAt(at)) : 0;
    const to = high !== null && at < high.length ? DIGITS.indexOf(high.charAt(at)) : DIGITS.length;
    const middle = (from + to) >> 1;
    if (middle > from) return place + DIGITS.charAt(middle);
    place += DIGITS.charAt(from);
    // Below the upper one from here on, whatever follows.
    if (from < to) high = null;
  }
}

/** Puts follow-ups in the order of a board's column. */
export function byPlace(a: { place: string; id: string }, b: { place: string; id: string }): number {
  if (a.place !== b.place) return a.place < b.place ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
