import { bootstrap, type Draws, type Intervals, resample } from './bootstrap';
import type { Counts } from './counts';
import { countsOf } from './counts';
import type { Described, Figure, Interval, Outcome, RatingMeasure, SpanMeasure } from './figure';
import { RATING_MEASURES, SPAN_MEASURES } from './measures';
import type { Continuum, Ratings } from './ratings';

/** Fewer sources than this are no sample to draw from. */
const LEAST_SOURCES = 5;

/** Every measure of ratings as it is shown, from counts alone: what a page shows at once while people code. */
export function figuresOfCounts(
  counts: Counts,
  measures: readonly RatingMeasure[] = RATING_MEASURES,
  intervals: Intervals = new Map(),
): Figure[] {
  const shown = {
    units: counts.unitsJudgedBy(2),
    coders: counts.coders,
    prevalence: counts.prevalence(),
  };
  return measures.map((measure) => {
    const outcome = measure.of(counts);
    const head = { ...described(measure), ...shown };
    return 'reason' in outcome
      ? { ...head, ...outcome }
      : { ...head, ...outcome, interval: intervals.get(measure.id) ?? null };
  });
}

/** Every measure of ratings with its interval. Yields now and then, so that a worker can pause or stop. */
export function* figuresOf(
  ratings: Ratings,
  draws: Draws,
  measures: readonly RatingMeasure[] = RATING_MEASURES,
): Generator<number, Figure[]> {
  const counts = countsOf(ratings);
  const computable = measures.filter((measure) => 'value' in measure.of(counts));
  const intervals = draws.resamples > 0 ? yield* bootstrap(ratings, computable, draws) : new Map();
  return figuresOfCounts(counts, measures, intervals);
}

/**
 * Every measure of spans. Intervals draw sources, from five on: the spans of one text depend on each other. Gamma has none:
 * its expected disorder is a sample already. Yields now and then.
 */
export function* spanFiguresOf(
  continua: readonly Continuum[],
  draws: Draws,
  measures: readonly SpanMeasure[] = SPAN_MEASURES,
): Generator<number, Figure[]> {
  const codings = continua.flatMap((one) => one.codings);
  const times = new Map(
    [...Map.groupBy(codings, ({ code }) => code)].map(([code, own]) => [code, own.length]),
  );
  const coders = new Set(continua.flatMap((one) => one.coders)).size;
  const bound = measures.map((measure) => ({
    measure,
    id: measure.id,
    of: (some: readonly Continuum[]) => measure.of(some, draws),
  }));
  const drawn =
    continua.length >= LEAST_SOURCES && draws.resamples > 0 ? bound.filter(({ id }) => id !== 'gamma') : [];
  const intervals = yield* resample(continua.length, drawn, draws, (random) =>
    continua.map(() => continua[Math.floor(random() * continua.length)] as Continuum),
  );
  const figures: Figure[] = [];
  for (const { measure, id, of } of bound) {
    figures.push(spanFigure(measure, of(continua), { coders, times, interval: intervals.get(id) ?? null }));
    yield figures.length;
  }
  return figures;
}

function described({ id, name, definition, citation, inR }: Described): Described {
  return { id, name, definition, citation, inR };
}

/** A measure of spans as it is shown: `times` says how many spans each code was put on. */
export function spanFigure(
  measure: Described,
  outcome: Outcome,
  of: { coders: number; times: ReadonlyMap<string, number>; interval: Interval | null },
): Figure {
  const units = [...of.times.values()].reduce((sum, one) => sum + one, 0);
  const ordered = [...of.times].sort(([one], [other]) => (one < other ? -1 : 1));
  const prevalence = Object.fromEntries(ordered.map(([code, often]) => [code, often / units]));
  const head = { ...described(measure), units, coders: of.coders, prevalence };
  return 'reason' in outcome ? { ...head, ...outcome } : { ...head, ...outcome, interval: of.interval };
}
