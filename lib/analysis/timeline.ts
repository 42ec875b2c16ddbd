/**
 * How many passages touch each of `bins` equal parts of a text of so many units; one that goes over an edge counts in both
 * parts. Passages outside of the text count in the nearest part.
 */
export function binsAlong(
  passages: readonly { start: number; end: number }[],
  length: number,
  bins: number,
): number[] {
  const counts = new Array<number>(bins).fill(0);
  const binOf = (at: number) =>
    Math.min(bins - 1, Math.max(0, Math.floor((at * bins) / Math.max(1, length))));
  for (const { start, end } of passages)
    for (let bin = binOf(start); bin <= binOf(Math.max(start, end - 1)); bin += 1)
      counts[bin] = (counts[bin] ?? 0) + 1;
  return counts;
}
