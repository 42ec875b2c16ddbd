/** The value of a unit that a coder judged and gave no code: a judgement, unlike `null`, which is none. */
export const NOTHING = '';
/** How it stands in a table, where an empty cell is a value that is missing. */
export const NOTHING_IN_TABLES = '(none)';

/** One unit and what each coder made of it. */
export type Row = {
  readonly unit: string;
  /** One value for each coder, in their order; `null` where the coder did not judge the unit. */
  readonly values: readonly (string | null)[];
  /** How many units the row stands for: a run of characters is one row. 1 unless said. */
  readonly weight?: number;
};

/** What coders made of the same units: the input of every measure but those of spans. */
export type Ratings = {
  readonly coders: readonly string[];
  readonly rows: readonly Row[];
  /** All values there are to choose from, where they are known; else those that occur. */
  readonly categories?: readonly string[];
};

/** One coder's code on one span of a source: UTF-16 units, the end exclusive. */
export type Coding = {
  readonly coder: string;
  readonly source: string;
  readonly code: string;
  readonly start: number;
  readonly end: number;
};

/** A source that coders mark spans of; `coders` are those that were to code it, with or without a mark. */
export type Continuum = {
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly coders: readonly string[];
  readonly codings: readonly Coding[];
};

/** The ratings of some of the coders, in the order they are named. */
export function ratingsOfCoders(ratings: Ratings, coders: readonly string[]): Ratings {
  const at = coders.map((coder) => ratings.coders.indexOf(coder));
  const rows = ratings.rows.map((row) => ({ ...row, values: at.map((index) => row.values[index] ?? null) }));
  return { ...ratings, coders, rows };
}

/** Every two coders, each pair once. */
export function pairsOf<T>(coders: readonly T[]): [T, T][] {
  return coders.flatMap((one, index) => coders.slice(index + 1).map((other): [T, T] => [one, other]));
}
