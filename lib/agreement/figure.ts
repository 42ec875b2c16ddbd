import type { Counts } from './counts';
import type { Continuum } from './ratings';

/** A number, or why there is none: never NaN, and never 1 where nothing could have differed. */
export type Outcome =
  | { readonly value: number; readonly details?: Readonly<Record<string, number>> }
  | { readonly reason: string };

/** How a measure is named, defined and cited, wherever it is shown or exported. */
export type Described = {
  readonly id: string;
  readonly name: string;
  readonly definition: string;
  readonly citation: string;
  /** How R computes it from the exported ratings or spans. */
  readonly inR: string;
};

/** A measure of ratings: all that it needs is in the counts. */
export type RatingMeasure = Described & { readonly of: (counts: Counts) => Outcome };

/** A measure of spans, over one or more sources. */
export type SpanMeasure = Described & {
  readonly of: (continua: readonly Continuum[], options: { readonly seed: number }) => Outcome;
};

/** A percentile bootstrap interval, with what it takes to draw it again. */
export type Interval = {
  readonly low: number;
  readonly high: number;
  readonly level: number;
  readonly resamples: number;
  readonly seed: number;
};

type Shown = Described & {
  /** Units (of ratings) or spans that went into it. */
  readonly units: number;
  readonly coders: number;
  /** The share of each value among all values that were given. */
  readonly prevalence: Readonly<Record<string, number>>;
};

/** What is shown of a measure: its value with interval, N and prevalence, or the reason that there is none. */
export type Figure = Shown &
  (
    | {
        readonly value: number;
        readonly interval: Interval | null;
        readonly details?: Readonly<Record<string, number>>;
      }
    | { readonly reason: string }
  );

/** Why nothing can be computed, in the words that people read. */
export const REASON = {
  oneCoder: 'there are fewer than two coders',
  noPairs: 'no unit was judged by two coders',
  oneCategory: 'only one category used',
  noSpans: 'no spans were marked',
  notNumbers: 'the values are not numbers',
} as const;

/** (observed - expected) / (1 - expected), or the reason that chance alone explains everything. */
export function beyondChance(observed: number, expected: number): Outcome {
  if (1 - expected < 1e-12) return { reason: REASON.oneCategory };
  return { value: (observed - expected) / (1 - expected), details: { observed, expected } };
}
