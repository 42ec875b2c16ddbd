import { AppError } from '../errors';
import type { Draws } from './bootstrap';
import { countsOf } from './counts';
import type { Figure } from './figure';
import { figuresOf, spanFiguresOf } from './figures';
import { fleissByCategory } from './fleiss-kappa';
import { pairsOf, type Ratings, ratingsOfCoders } from './ratings';
import { continuaOf, ratingsOf } from './ratings-of';
import type { Table } from './read-table';
import type { CodedSource } from './scope';

/** Measures of all coders, and of every two of them where there are more. */
type Measured = {
  readonly measures: readonly Figure[];
  readonly byPair?: readonly { readonly coders: readonly string[]; readonly measures: readonly Figure[] }[];
};
/** Everything there is to say of a table, as methodologists want to check it. */
export type Report = {
  readonly kind: Table['kind'];
  readonly coders: readonly string[];
  readonly draws: Draws;
} & Readonly<Record<string, unknown>>;

/** The stretch that spans were cut from: from and to in UTF-16 units, for every source of the table alike. */
export type Stretch = { readonly from: number; readonly to: number | null };

/** Computes every measure of a table. Yields now and then, so that a worker can pause or stop. */
export function* reportOf(table: Table, draws: Draws, stretch: Stretch): Generator<number, Report> {
  if (table.kind === 'ratings') {
    const { ratings } = table;
    const categories = fleissByCategory(countsOf(ratings));
    return {
      ...{ kind: table.kind, coders: ratings.coders, units: ratings.rows.length, draws },
      ...(yield* ofRatings(ratings, draws)),
      fleissByCategory: Object.fromEntries(categories.map(({ category, outcome }) => [category, outcome])),
    };
  }
  const outside = table.codings.find(({ start, end }) => start < stretch.from || end > (stretch.to ?? end));
  if (outside !== undefined)
    throw new AppError(
      'invalid',
      `The span ${outside.start}-${outside.end} of ${outside.coder} is not inside the stretch that --from and --to name.`,
    );
  const codes = [...new Set(table.codings.map(({ code }) => code))].sort();
  const byCode: Record<string, unknown>[] = [];
  for (const code of codes) byCode.push({ code, ...(yield* ofSpans(table, draws, stretch, code)) });
  return {
    ...{ kind: table.kind, coders: table.coders, codings: table.codings.length, draws },
    ...(yield* ofSpans(table, draws, stretch)),
    byCode,
  };
}

function* ofRatings(ratings: Ratings, draws: Draws): Generator<number, Measured> {
  const measures = yield* figuresOf(ratings, draws);
  if (ratings.coders.length < 3) return { measures };
  const byPair = [];
  for (const coders of pairsOf(ratings.coders))
    byPair.push({
      coders,
      measures: yield* figuresOf(ratingsOfCoders(ratings, coders), { ...draws, resamples: 0 }),
    });
  return { measures, byPair };
}

function* ofSpans(
  { coders, codings: all }: Extract<Table, { kind: 'spans' }>,
  draws: Draws,
  { from, to }: Stretch,
  code?: string,
): Generator<number, Record<string, unknown>> {
  const codings = all
    .filter((one) => code === undefined || one.code === code)
    .map((one) => ({ ...one, start: one.start - from, end: one.end - from }));
  const ends = Map.groupBy(all, ({ source }) => source);
  const sources = [...ends].map(([id, some]): CodedSource => {
    const length = (to ?? Math.max(...some.map(({ end }) => end))) - from;
    // Only its length counts: units of tables are characters and passages.
    return { id, text: ' '.repeat(length) };
  });
  const scope = { coders, sources };
  return {
    spans: yield* spanFiguresOf(continuaOf(scope, codings), draws),
    characters: yield* ofRatings(ratingsOf({ ...scope, unit: 'character' }, codings), draws),
    passages: yield* ofRatings(ratingsOf({ ...scope, unit: 'passage' }, codings), draws),
  };
}
