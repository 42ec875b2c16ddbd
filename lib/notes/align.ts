import { diffArrays } from 'diff';

/** One step from an earlier list to a later one; the numbers are places in them. */
export type Step =
  | { readonly kind: 'same' | 'changed'; readonly before: number; readonly after: number }
  | { readonly kind: 'removed'; readonly before: number }
  | { readonly kind: 'added'; readonly after: number };

/** Beyond so many differences two lists are taken to have nothing in common but their ends. */
const MAX_EDITS = 1_000;
/** Two things less alike than this are one that went and one that came. */
const LEAST_LIKENESS = 0.3;
const MAX_PAIRS = 10_000;

/**
 * How an earlier list becomes a later one: what stayed by its key, then, in each gap between, what became what by
 * `likeness` (0 for nothing in common, 1 for the same), in order. Removals of a gap come before its additions.
 */
export function align<T>(
  before: readonly T[],
  after: readonly T[],
  key: (item: T) => string,
  likeness: (before: T, after: T) => number = () => 0,
): Step[] {
  const steps: Step[] = [];
  let [left, right] = [0, 0];
  let gap = { before: [] as number[], after: [] as number[] };
  const close = () => {
    steps.push(...alignGap(gap, (a, b) => likeness(before[a] as T, after[b] as T)));
    gap = { before: [], after: [] };
  };
  for (const { added, removed, count } of changesBetween(before.map(key), after.map(key))) {
    for (let n = 0; n < count; n++) {
      if (removed) gap.before.push(left++);
      else if (added) gap.after.push(right++);
      else {
        close();
        steps.push({ kind: 'same', before: left++, after: right++ });
      }
    }
  }
  close();
  return steps;
}

type Run = { readonly added: boolean; readonly removed: boolean; readonly count: number };

function changesBetween(before: string[], after: string[]): Run[] {
  const most = Math.min(before.length, after.length);
  let [start, end] = [0, 0];
  while (start < most && before[start] === after[start]) start++;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const middle = [before.slice(start, before.length - end), after.slice(start, after.length - end)] as const;
  const changes: Run[] = diffArrays(...middle, { maxEditLength: MAX_EDITS }) ?? [
    { added: false, removed: true, count: middle[0].length },
    { added: true, removed: false, count: middle[1].length },
  ];
  const same = (count: number): Run => ({ added: false, removed: false, count });
  return [same(start), ...changes, same(end)];
}

/** Pairs what is alike in a gap, without crossing, so that the pairs are as alike as can be. */
function alignGap(
  { before, after }: { before: number[]; after: number[] },
  likeness: (before: number, after: number) => number,
): Step[] {
  const pairs = before.length * after.length > MAX_PAIRS ? new Map() : bestPairs(before, after, likeness);
  const steps: Step[] = [];
  let next = 0;
  for (const place of before) {
    const partner = pairs.get(place);
    if (partner === undefined) {
      steps.push({ kind: 'removed', before: place });
      continue;
    }
    while ((after[next] as number) < partner) steps.push({ kind: 'added', after: after[next++] as number });
    steps.push({ kind: 'changed', before: place, after: partner });
    next++;
  }
  while (next < after.length) steps.push({ kind: 'added', after: after[next++] as number });
  return steps;
}

function bestPairs(
  before: readonly number[],
  after: readonly number[],
  likeness: (before: number, after: number) => number,
): Map<number, number> {
  const width = after.length + 1;
  const best = new Float64Array((before.length + 1) * width);
  const paired = new Uint8Array(best.length);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const at = i * width + j;
      const alike = likeness(before[i] as number, after[j] as number);
      const apart = Math.max(best[at + width] as number, best[at + 1] as number);
      const together = alike < LEAST_LIKENESS ? -1 : alike + (best[at + width + 1] as number);
      paired[at] = together > apart ? 1 : 0;
      best[at] = Math.max(apart, together);
    }
  }
  const pairs = new Map<number, number>();
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    const at = i * width + j;
    if (paired[at] === 1) pairs.set(before[i++] as number, after[j++] as number);
    else if ((best[at + width] as number) >= (best[at + 1] as number)) i++;
    else j++;
  }
  return pairs;
}
