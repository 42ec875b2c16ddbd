import type { Fit } from './fit';

/** What a searched place must reach. */
export type Limits = {
  /** Least score, and how much more is asked of a place whose words tell little. */
  readonly floor: number;
  readonly short: number;
  /** What is never asked beyond. */
  readonly most: number;
  /** Least lead over the second-best place. */
  readonly lead: number;
};

/** Where the older version is not at hand, and where it is: then only what the comparison left over is searched. */
export const SELECTOR_LIMITS: Limits = { floor: 0.58, short: 0.26, most: 0.92, lead: 0.04 };
export const CARRY_LIMITS: Limits = { floor: 0.58, short: 0.26, most: 0.92, lead: 0.05 };

/**
 * How well a searched place fits, 0 to 1: how much of the passage stands there, and how much of what stood around it.
 * A passage of many telling words needs nothing around it. The numbers here and above were chosen on one set of texts
 * and are reported on another: see the decision page.
 */
export function scoreFit(fit: Fit): number {
  const worth = fit.cover * (1 - Math.min(0.23, 0.34 * fit.strange));
  const sides = [fit.before, fit.behind].filter((side) => side !== null);
  const average = sides.length === 0 ? 0.5 : sides.reduce((sum, side) => sum + side, 0) / sides.length;
  const better = sides.length === 0 ? 0.5 : Math.max(...sides);
  const alone = ((worth - 0.4) / 0.6) * (1 - 2 / (1 + fit.weight) ** 1.2);
  return Math.min(1, Math.max(0.55 * worth + 0.31 * average + 0.14 * better, worth > 0.4 ? alone : 0));
}

/** The least score that a place must have. */
export function floorFor(fit: Fit, limits: Limits): number {
  return Math.min(limits.most, limits.floor + limits.short / (1 + fit.weight) ** 1.2);
}
