import { type Counts, categoriesOfKey } from './counts';

/** How near two categories (their numbers) are: 1 for the same, 0 for as far apart as can be. */
export type Weight = (one: number, other: number) => number;

/**
 * The mean over units of the share of pairs of values that agree; units with fewer than two values are left out.
 * With weights, pairs that differ count by how near they are (Gwet 2014, ch. 2).
 */
export function observedAgreement(counts: Counts, weight?: Weight): number {
  const categories = counts.categories();
  let sum = 0;
  for (let judged = 2; judged < counts.strata.length; judged += 1) {
    const stratum = counts.strata[judged];
    if (stratum === undefined) continue;
    let agreeing = 0;
    for (const index of categories) agreeing += stratum.same[index] ?? 0;
    if (weight !== undefined)
      for (const [key, pairs] of sorted(stratum.apart, counts))
        agreeing += 2 * pairs * weight(...categoriesOfKey(key));
    sum += agreeing / (judged * (judged - 1));
  }
  return sum / counts.unitsJudgedBy(2);
}

/** The mean over units of the share of its values that each category has, in the order of `categories()` (Gwet 2014). */
export function sharesOf(counts: Counts): number[] {
  const units = counts.unitsJudgedBy(1);
  return counts.categories().map((index) => {
    let sum = 0;
    for (let judged = 1; judged < counts.strata.length; judged += 1)
      sum += (counts.strata[judged]?.values[index] ?? 0) / judged;
    return sum / units;
  });
}

/** Pairs that differ, always in the same order, so that the same counts give the same sum to the last bit. */
export function sorted(apart: ReadonlyMap<number, number>, counts: Counts): [number, number][] {
  const ranks = new Map(counts.categories().map((index, rank) => [index, rank]));
  const rankOf = (key: number) => {
    const [one, other] = categoriesOfKey(key).map((index) => ranks.get(index) ?? 0) as [number, number];
    return Math.min(one, other) * ranks.size + Math.max(one, other);
  };
  return [...apart]
    .map(([key, pairs]) => ({ rank: rankOf(key), key, pairs }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ key, pairs }) => [key, pairs]);
}
