/** Where something begins and ends, in UTF-16 units, the end exclusive. */
export type Extent = { readonly start: number; readonly end: number };

/** Spans in their order, those that overlap joined; spans that only touch stay two. */
export function mergeSpans(spans: readonly Extent[]): Extent[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged.at(-1);
    if (last !== undefined && start < last.end) last.end = Math.max(last.end, end);
    else if (end > start) merged.push({ start, end });
  }
  return merged;
}

/** The units of each coder with a code (any code: `null`), overlaps joined, in the order of the coders. */
export function unitsByCoder(
  codings: readonly (Extent & { coder: string; code: string })[],
  coders: readonly string[],
  code: string | null,
): Extent[][] {
  const byCoder = new Map(coders.map((coder) => [coder, [] as Extent[]]));
  for (const one of codings) if (code === null || one.code === code) byCoder.get(one.coder)?.push(one);
  return coders.map((coder) => mergeSpans(byCoder.get(coder) ?? []));
}
