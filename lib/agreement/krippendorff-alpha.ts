import { type Counts, categoriesOfKey } from './counts';
import { type Outcome, type RatingMeasure, REASON } from './figure';
import { numberOf } from './gwet-ac';
import { sorted } from './observed';

const METRICS = ['nominal', 'ordinal', 'interval', 'ratio'] as const;
export type Metric = (typeof METRICS)[number];

const DISTANCE: Record<Metric, string> = {
  nominal: '0 for the same value, else 1',
  ordinal: '(sum of n_g from c to k - (n_c + n_k) / 2)²',
  interval: '(c - k)²',
  ratio: '((c - k) / (c + k))²',
};

/** Krippendorff's alpha for each level of measurement: missing values and any number of coders. */
export const KRIPPENDORFF_ALPHAS: readonly RatingMeasure[] = METRICS.map((metric) => ({
  id: `krippendorff-alpha-${metric}`,
  name: `Krippendorff's alpha (${metric})`,
  definition: `1 - Do / De from the coincidences of values within units that have at least two, each unit weighted 1 / (m_u - 1); squared distance ${DISTANCE[metric]}.`,
  citation:
    "Krippendorff, K. (2004). Content Analysis, 2nd ed., ch. 11. Sage. Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability.",
  // irr 0.84.1 weighs units as if of two coders when no value at all is missing; a unit that nobody judged ends that.
  inR: `irr::kripp.alpha(cbind(t(as.matrix(ratings)), NA), "${metric}")$value`,
  of: (counts) => krippendorffAlpha(counts, metric),
}));

type Value = { index: number; number: number; often: number };

/** 1 - Do / De; what it takes for numbers is the order and distance of the values themselves. */
export function krippendorffAlpha(counts: Counts, metric: Metric): Outcome {
  if (counts.coders < 2) return { reason: REASON.oneCoder };
  if (counts.unitsJudgedBy(2) === 0) return { reason: REASON.noPairs };
  const values = pairable(counts);
  if (metric !== 'nominal') {
    if (values.some(({ number }) => Number.isNaN(number))) return { reason: REASON.notNumbers };
    if (metric === 'ratio' && values.some(({ number }) => number < 0))
      return { reason: 'a ratio scale has no values below zero' };
    values.sort((a, b) => a.number - b.number);
  }
  if (values.length < 2) return { reason: REASON.oneCategory };
  const distance = distanceOf(values, metric);
  const all = values.reduce((sum, { often }) => sum + often, 0);

  let observed = 0;
  for (let judged = 2; judged < counts.strata.length; judged += 1) {
    const apart = counts.strata[judged]?.apart;
    if (apart === undefined) continue;
    let sum = 0;
    // Whole numbers add up in any order.
    if (metric === 'nominal') for (const pairs of apart.values()) sum += 2 * pairs;
    else
      for (const [key, pairs] of sorted(apart, counts)) sum += 2 * pairs * distance(...categoriesOfKey(key));
    observed += sum / (judged - 1);
  }
  const expected = metric === 'nominal' ? all ** 2 - squares(values) : allPairs(values, distance);
  if (expected === 0) return { reason: REASON.oneCategory };
  return {
    value: 1 - ((all - 1) * observed) / expected,
    details: { observed: observed / all, expected: expected / (all * (all - 1)), values: all },
  };
}

/** The values that stand in a unit with another, and how often. */
function pairable(counts: Counts): Value[] {
  return counts.categories().flatMap((index) => {
    let often = 0;
    for (let judged = 2; judged < counts.strata.length; judged += 1)
      often += counts.strata[judged]?.values[index] ?? 0;
    return often === 0 ? [] : [{ index, often, number: numberOf(counts.nameOf(index)) ?? Number.NaN }];
  });
}

function distanceOf(values: readonly Value[], metric: Metric): (one: number, other: number) => number {
  if (metric === 'nominal') return () => 1;
  const places = new Map<number, number>();
  let before = 0;
  for (const { index, number, often } of values) {
    // Half of what stands between the middles of two ranks is what the ordinal distance sums.
    places.set(index, metric === 'ordinal' ? before + often / 2 : number);
    before += often;
  }
  return (one, other) => {
    const [c, k] = [places.get(one) ?? 0, places.get(other) ?? 0];
    if (c === k) return 0;
    return metric === 'ratio' ? ((c - k) / (c + k)) ** 2 : (c - k) ** 2;
  };
}

const squares = (values: readonly Value[]) => values.reduce((sum, { often }) => sum + often ** 2, 0);

function allPairs(values: readonly Value[], distance: (one: number, other: number) => number): number {
  let sum = 0;
  for (const one of values)
    for (const other of values)
      if (one !== other) sum += one.often * other.often * distance(one.index, other.index);
  return sum;
}
