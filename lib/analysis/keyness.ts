import { chiSquareTail } from './gamma';

/** Where a comparison of frequencies is described. */
export const KEYNESS_CITE =
  'Log-likelihood G²: Dunning 1993, Rayson & Garside 2000; log ratio as effect size: Hardie 2014';

export type Keyness = {
  readonly item: string;
  readonly a: number;
  readonly b: number;
  /** 0 or more; the more, the less the difference is like chance. */
  readonly logLikelihood: number;
  /** How likely a difference this large or larger is by chance. */
  readonly p: number;
  /** The binary log of how many times as frequent it is in A: 1 is twice, -1 half. */
  readonly logRatio: number;
};

/** G² of an item that occurs `a` times among `totalA`, and `b` times among `totalB`: observed against expected counts. */
export function logLikelihood(a: number, totalA: number, b: number, totalB: number): number {
  const total = totalA + totalB;
  if (total === 0) return 0;
  const term = (count: number, size: number) =>
    count === 0 ? 0 : count * Math.log(count / ((size * (a + b)) / total));
  return Math.max(0, 2 * (term(a, totalA) + term(b, totalB)));
}

/**
 * What tells two groups apart, the strongest first: each item's counts, G² and log ratio. A count of 0 counts as a half for
 * the ratio alone, which has no value else. Empty when a group has nothing to compare.
 */
export function keyness(
  a: ReadonlyMap<string, number>,
  totalA: number,
  b: ReadonlyMap<string, number>,
  totalB: number,
): Keyness[] {
  if (totalA === 0 || totalB === 0) return [];
  return [...new Set([...a.keys(), ...b.keys()])]
    .map((item) => {
      const [inA, inB] = [a.get(item) ?? 0, b.get(item) ?? 0];
      const g = logLikelihood(inA, totalA, inB, totalB);
      const logRatio = Math.log2((inA || 0.5) / totalA / ((inB || 0.5) / totalB));
      return { item, a: inA, b: inB, logLikelihood: g, p: chiSquareTail(g, 1), logRatio };
    })
    .sort((one, other) => other.logLikelihood - one.logLikelihood || (one.item < other.item ? -1 : 1));
}
