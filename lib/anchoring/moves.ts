import type { Comparison } from './compare';
import { matchInOrder } from './fill';
import { uniqueRuns } from './seeds';

/** Words of a run that may be told as moved. */
const SEED = 3;
/** Least weight of a run, in rare words: shorter ones stand elsewhere by chance. */
const LEAST = 2.2;
/** Furthest that two runs of one moved passage may stand apart, in words. */
const APART = 40;

/** The free words of one side side by side, each unbroken stretch begun by a number that no word has. */
function freeWords(ids: Int32Array, partner: Int32Array, stop: number): { ids: Int32Array; at: Int32Array } {
  let size = 0;
  for (let each = 0; each < ids.length; each += 1)
    if (partner[each] === -1) size += each > 0 && partner[each - 1] !== -1 ? 2 : 1;
  const free = { ids: new Int32Array(size), at: new Int32Array(size) };
  let count = 0;
  for (let each = 0; each < ids.length; each += 1) {
    if (partner[each] !== -1) continue;
    if (each > 0 && partner[each - 1] !== -1) {
      free.ids[count] = stop - 2 * count;
      free.at[count] = -1;
      count += 1;
    }
    free.ids[count] = ids[each] as number;
    free.at[count] = each;
    count += 1;
  }
  return free;
}

/** Matches passages that were taken out at one place and put in at another; marks their words as moved. */
export function matchMoves(comparison: Comparison): void {
  const { old, new: after, there, back, moved, weights } = comparison;
  const a = freeWords(old.ids, there, -2);
  const b = freeWords(after.ids, back, -3);
  if (a.ids.length < SEED || b.ids.length < SEED) return;
  const runs = uniqueRuns(
    a.ids,
    b.ids,
    { aStart: 0, aEnd: a.ids.length, bStart: 0, bEnd: b.ids.length },
    SEED,
  );
  const heavy: { at: number; to: number; length: number; weight: number }[] = [];
  for (let run = 0; run < runs.count; run += 1) {
    const at = a.at[runs.at[run] as number] as number;
    const to = b.at[runs.to[run] as number] as number;
    const length = runs.length[run] as number;
    let weight = 0;
    for (let each = 0; each < length; each += 1) weight += weights[old.ids[at + each] as number] as number;
    if (weight >= LEAST) heavy.push({ at, to, length, weight });
  }
  heavy.sort((one, two) => two.weight - one.weight || one.at - two.at);
  const taken: { at: number; to: number; length: number }[] = [];
  for (const { at, to, length } of heavy) {
    let start = 0;
    while (start < length && (there[at + start] !== -1 || back[to + start] !== -1)) start += 1;
    let end = start;
    while (end < length && there[at + end] === -1 && back[to + end] === -1) end += 1;
    if (end - start < SEED) continue;
    for (let each = start; each < end; each += 1) pair(at + each, to + each);
    taken.push({ at: at + start, to: to + start, length: end - start });
  }
  taken.sort((one, two) => one.at - two.at);
  // Between two runs of one passage stand the words that were edited while it moved.
  for (let each = 1; each < taken.length; each += 1) {
    const before = taken[each - 1] as (typeof taken)[number];
    const next = taken[each] as (typeof taken)[number];
    const range = {
      aStart: before.at + before.length,
      aEnd: next.at,
      bStart: before.to + before.length,
      bEnd: next.to,
    };
    if (range.bEnd <= range.bStart || range.aEnd <= range.aStart) continue;
    if (range.aEnd - range.aStart > APART || range.bEnd - range.bStart > APART) continue;
    if (!isFree(there, range.aStart, range.aEnd) || !isFree(back, range.bStart, range.bEnd)) continue;
    matchInOrder({ a: old.ids, b: after.ids, weights }, range, pair);
  }
  function pair(at: number, to: number): void {
    there[at] = to;
    back[to] = at;
    moved[at] = 1;
  }
}

function isFree(partner: Int32Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (partner[at] !== -1) return false;
  return true;
}
