/** Equal stretches of words: `length` words from `at` in one text and from `to` in the other. */
export type Runs = {
  count: number;
  readonly at: Int32Array;
  readonly to: Int32Array;
  readonly length: Int32Array;
};

/** A range of words on both sides; ends exclusive. */
export type Range = { aStart: number; aEnd: number; bStart: number; bEnd: number };

function shingleAt(ids: Int32Array, at: number, size: number): number {
  let hash = 0x9e3779b1 | 0;
  for (let each = 0; each < size; each += 1) {
    hash = Math.imul(hash ^ (ids[at + each] as number), 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  return hash;
}

function sameShingle(a: Int32Array, at: number, b: Int32Array, to: number, size: number): boolean {
  for (let each = 0; each < size; each += 1) if (a[at + each] !== b[to + each]) return false;
  return true;
}

/**
 * The longest equal stretches around every run of `size` words that stands exactly once on each side of a range, in
 * order of their place in `a`. Linear in the range.
 */
export function uniqueRuns(a: Int32Array, b: Int32Array, range: Range, size: number): Runs {
  const { aStart, aEnd, bStart, bEnd } = range;
  const places = Math.max(0, aEnd - aStart - size + 1);
  let slots = 16;
  while (slots < places * 1.3) slots *= 2;
  const mask = slots - 1;
  /** For each slot a hash, its place in `a` plus one (negative when met again), its place in `b` plus one (-1 when met again). */
  const table = new Int32Array(slots * 4);
  for (let at = aStart; at < aStart + places; at += 1) {
    const hash = shingleAt(a, at, size);
    let slot = (hash & mask) * 4;
    while (table[slot + 1] !== 0 && table[slot] !== hash) slot = (slot + 4) & (mask * 4);
    table[slot] = hash;
    table[slot + 1] = table[slot + 1] === 0 ? at + 1 : -1;
  }
  for (let to = bStart; to <= bEnd - size; to += 1) {
    const hash = shingleAt(b, to, size);
    let slot = (hash & mask) * 4;
    while (table[slot + 1] !== 0 && table[slot] !== hash) slot = (slot + 4) & (mask * 4);
    if ((table[slot + 1] as number) > 0) table[slot + 2] = table[slot + 2] === 0 ? to + 1 : -1;
  }
  const to = new Int32Array(places);
  for (let slot = 0; slot < slots * 4; slot += 4) {
    const at = (table[slot + 1] as number) - 1;
    const there = (table[slot + 2] as number) - 1;
    if (at >= 0 && there >= 0 && sameShingle(a, at, b, there, size)) to[at - aStart] = there + 1;
  }
  let found = 0;
  for (let each = 0; each < places; each += 1) if (to[each] !== 0) found += 1;
  const runs: Runs = {
    count: 0,
    at: new Int32Array(found),
    to: new Int32Array(found),
    length: new Int32Array(found),
  };
  let lastEnd = -1;
  let lastSlant = Number.NaN;
  for (let each = 0; each < places; each += 1) {
    if (to[each] === 0) continue;
    let from = aStart + each;
    let there = (to[each] as number) - 1;
    if (there - from === lastSlant && from < lastEnd) continue;
    let end = from + size;
    while (end < aEnd && there + end - from < bEnd && a[end] === b[there + end - from]) end += 1;
    while (from > aStart && there > bStart && a[from - 1] === b[there - 1]) {
      from -= 1;
      there -= 1;
    }
    runs.at[runs.count] = from;
    runs.to[runs.count] = there;
    runs.length[runs.count] = end - from;
    runs.count += 1;
    lastEnd = end;
    lastSlant = there - from;
  }
  return runs;
}

/** The indices of the runs that keep their order in both texts and together hold the most words. O(n log n). */
export function heaviestChain(runs: Runs): Int32Array {
  const { count, at, to, length } = runs;
  const byPlace = Int32Array.from({ length: count }, (_, each) => each).sort(
    (one, two) => (at[one] as number) - (at[two] as number) || (to[one] as number) - (to[two] as number),
  );
  const byPartner = Int32Array.from(byPlace).sort((one, two) => (to[one] as number) - (to[two] as number));
  const rank = new Int32Array(count);
  for (let each = 0; each < count; each += 1) {
    const run = byPartner[each] as number;
    const before = byPartner[each - 1];
    rank[run] = before !== undefined && to[before] === to[run] ? (rank[before] as number) : each + 1;
  }
  const weight = new Float64Array(count);
  const previous = new Int32Array(count).fill(-1);
  /** For each prefix of ranks, the run that ends the heaviest chain, plus one. */
  const tree = new Int32Array(count + 1);
  let best = -1;
  for (const run of byPlace) {
    let heaviest = -1;
    for (let node = (rank[run] as number) - 1; node > 0; node -= node & -node) {
      const held = (tree[node] as number) - 1;
      if (held >= 0 && (heaviest < 0 || (weight[held] as number) > (weight[heaviest] as number)))
        heaviest = held;
    }
    previous[run] = heaviest;
    weight[run] = (length[run] as number) + (heaviest < 0 ? 0 : (weight[heaviest] as number));
    for (let node = rank[run] as number; node <= count; node += node & -node) {
      const held = (tree[node] as number) - 1;
      if (held < 0 || (weight[run] as number) > (weight[held] as number)) tree[node] = run + 1;
    }
    if (best < 0 || (weight[run] as number) > (weight[best] as number)) best = run;
  }
  let size = 0;
  for (let run = best; run >= 0; run = previous[run] as number) size += 1;
  const chain = new Int32Array(size);
  for (let run = best; run >= 0; run = previous[run] as number) {
    size -= 1;
    chain[size] = run;
  }
  return chain;
}
