import { Counts } from './counts';
import type { Interval, Outcome } from './figure';
import type { Ratings } from './ratings';
import { seeded } from './seeded';

/** How often to draw, from which seed, and how wide the interval shall be (0.95: from 2.5 % to 97.5 %). */
export type Draws = { readonly resamples: number; readonly seed: number; readonly level: number };
export const DRAWS: Draws = { resamples: 1_000, seed: 20_250_101, level: 0.95 };

type Measured<Of> = { readonly id: string; readonly of: (sample: Of) => Outcome };
export type Intervals = ReadonlyMap<string, Interval | null>;

/** A resample where a measure has no value says nothing; with more of them than this, neither does the interval. */
const MOST_WITHOUT = 0.05;

/**
 * Percentile bootstrap intervals (Efron & Tibshirani 1993, ch. 13): units are drawn with replacement, a run of characters as
 * one. Yields how many resamples are done after each, so that a worker can pause or stop; returns an interval a measure,
 * `null` where there are fewer than two rows or too many resamples have no value.
 */
export function* bootstrap(
  ratings: Ratings,
  measures: readonly Measured<Counts>[],
  draws: Draws,
): Generator<number, Intervals> {
  const { rows, coders, categories } = ratings;
  // Rows that are alike are counted once, with what they weigh together.
  const numbers = new Counts(coders.length, categories);
  const patterns: Int32Array[] = [];
  const known = new Map<string, number>();
  const patternOf = rows.map(({ values }) => {
    const row = Int32Array.from(coders, (_, coder) => numbers.indexOf(values[coder] ?? null));
    const key = row.join();
    const pattern = known.get(key) ?? patterns.push(row) - 1;
    known.set(key, pattern);
    return pattern;
  });
  // What a resample lacks is still there to choose.
  const names: string[] = [];
  for (const { values } of rows)
    for (const value of values) if (value !== null) names[numbers.indexOf(value)] = value;
  for (const name of categories ?? []) names[numbers.indexOf(name)] = name;
  const weights = new Float64Array(patterns.length);
  return yield* resample(rows.length, measures, draws, (random) => {
    weights.fill(0);
    for (let drawn = 0; drawn < rows.length; drawn += 1) {
      const at = Math.floor(random() * rows.length);
      const pattern = patternOf[at] as number;
      weights[pattern] = (weights[pattern] as number) + (rows[at]?.weight ?? 1);
    }
    const counts = new Counts(coders.length, names);
    for (const [pattern, row] of patterns.entries())
      if ((weights[pattern] as number) > 0) counts.addRow(row, weights[pattern] as number);
    return counts;
  });
}

/** The same for any kind of sample that can be drawn from `size` things. */
export function* resample<Of>(
  size: number,
  measures: readonly Measured<Of>[],
  { resamples, seed, level }: Draws,
  draw: (random: () => number) => Of,
): Generator<number, Intervals> {
  const random = seeded(seed);
  const found = new Map(measures.map(({ id }) => [id, [] as number[]]));
  for (let done = 1; size > 1 && done <= resamples; done += 1) {
    const sample = draw(random);
    for (const { id, of } of measures) {
      const outcome = of(sample);
      if ('value' in outcome) found.get(id)?.push(outcome.value);
    }
    yield done;
  }
  return new Map([...found].map(([id, values]) => [id, intervalOf(values)]));

  function intervalOf(values: number[]): Interval | null {
    if (values.length === 0 || values.length < resamples * (1 - MOST_WITHOUT)) return null;
    values.sort((a, b) => a - b);
    const [low, high] = [quantile(values, (1 - level) / 2), quantile(values, (1 + level) / 2)];
    return { low, high, level, resamples, seed };
  }
}

/** As R's default (type 7): linear between the two nearest. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}

/** Runs a generator to its end. */
export function finish<Result>(steps: Generator<unknown, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
