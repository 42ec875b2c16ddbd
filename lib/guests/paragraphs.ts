/** A stretch of a text, in UTF-16 units, end exclusive. */
export type Stretch = { readonly start: number; readonly end: number };

/** The lines of a text that say something, where they stand. */
export function paragraphsOf(text: string): Stretch[] {
  const found: Stretch[] = [];
  for (let start = 0; start <= text.length; ) {
    const next = text.indexOf('\n', start);
    const end = next === -1 ? text.length : next;
    if (text.slice(start, end).trim() !== '') found.push({ start, end });
    start = end + 1;
  }
  return found;
}

/** A stretch of a text cut where marks begin and end, in order; marks may lie over each other. */
export function cutAtMarks(
  text: string,
  { start, end }: Stretch,
  marks: readonly Stretch[],
): { readonly start: number; readonly words: string; readonly isMarked: boolean }[] {
  const here = marks.filter((mark) => mark.start < end && mark.end > start);
  const cuts = new Set([start, end, ...here.flatMap((mark) => [mark.start, mark.end])]);
  const sorted = [...cuts].filter((cut) => cut >= start && cut <= end).sort((a, b) => a - b);
  return sorted.slice(0, -1).map((from, nth) => {
    const to = sorted[nth + 1] as number;
    const isMarked = here.some((mark) => mark.start <= from && mark.end >= to);
    return { start: from, words: text.slice(from, to), isMarked };
  });
}
