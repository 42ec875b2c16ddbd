import { NOTHING, NOTHING_IN_TABLES, type Ratings } from './ratings';

/** Counts of the units that were judged by the same number of coders; whole numbers, so that nothing drifts. */
export type Stratum = {
  units: number;
  /** How often each category was given. */
  readonly values: number[];
  /** Ordered pairs of values in the same unit that are alike, by category. */
  readonly same: number[];
  /** Pairs of values in the same unit that are not, by their two categories. */
  readonly apart: Map<number, number>;
};

/** Two coders on the units that both judged. */
export type PairTally = {
  units: number;
  readonly agree: number[];
  readonly one: number[];
  readonly other: number[];
};

const ABSENT = -1;
/** More categories than this can't be told apart in `apart`. */
const MOST = 2 ** 20;

/**
 * All that the measures of ratings need to know, kept while people code: a change of one value costs as many steps as there
 * are coders. Everything is a whole number, so that counts that went through any changes equal counts made anew.
 */
export class Counts {
  readonly strata: Stratum[] = [];
  readonly #pairs = new Map<number, PairTally>();
  /** Codings a coder gave, those of nothing left out. */
  readonly given: number[];
  readonly #indexes = new Map<string, number>();
  readonly #names: string[] = [];
  readonly coders: number;
  /** So many categories, the first, are there whether used or not. */
  readonly #declared: number;
  #sorted: readonly number[] | null = null;

  constructor(coders: number, categories: readonly string[] = []) {
    this.coders = coders;
    this.given = new Array<number>(coders).fill(0);
    for (const name of categories) this.indexOf(name);
    this.#declared = this.#names.length;
  }

  /** The number that stands for a value; -1 for none. */
  indexOf(value: string | null): number {
    if (value === null) return ABSENT;
    let index = this.#indexes.get(value);
    if (index === undefined) {
      index = this.#names.length;
      if (index === MOST) throw new RangeError(`There are more than ${MOST} different values.`);
      this.#indexes.set(value, index);
      this.#names.push(value);
    }
    return index;
  }

  /** Counts a unit, by the numbers of its values; a negative weight takes it away. */
  addRow(row: ArrayLike<number>, weight: number): void {
    this.#addToStratum(row, weight);
    for (let one = 0; one < row.length; one += 1) {
      if (row[one] !== ABSENT) this.#give(one, row[one] as number, weight);
      for (let other = one + 1; other < row.length; other += 1)
        this.#addToPair(one, other, row[one] as number, row[other] as number, weight);
    }
  }

  /** Gives a unit another value of one coder, in the row itself too. */
  changeValue(row: Int32Array, coder: number, to: number, weight: number): void {
    const from = row[coder] as number;
    if (from === to) return;
    this.#addToStratum(row, -weight);
    for (let other = 0; other < row.length; other += 1) {
      if (other === coder) continue;
      const value = row[other] as number;
      if (other < coder) {
        this.#addToPair(other, coder, value, from, -weight);
        this.#addToPair(other, coder, value, to, weight);
      } else {
        this.#addToPair(coder, other, from, value, -weight);
        this.#addToPair(coder, other, to, value, weight);
      }
    }
    if (from !== ABSENT) this.#give(coder, from, -weight);
    if (to !== ABSENT) this.#give(coder, to, weight);
    row[coder] = to;
    this.#addToStratum(row, weight);
  }

  /** The categories that were used or are known to be there, as their numbers, by name: the order of every sum. */
  categories(): readonly number[] {
    this.#sorted ??= this.#names
      .map((name, index) => ({ name, index }))
      .filter(({ index }) => index < this.#declared || this.isUsed(index))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ index }) => index);
    return this.#sorted;
  }

  /** Whether anybody gave this category to a unit. */
  isUsed(index: number): boolean {
    return this.strata.some((one) => (one?.values[index] ?? 0) > 0);
  }

  /** Whether at least two categories were given: with one, nothing could have differed. */
  hasChoice(): boolean {
    return this.categories().filter((index) => this.isUsed(index)).length > 1;
  }

  /** The value that a number stands for. */
  nameOf(index: number): string {
    return this.#names[index] ?? '';
  }

  /** The tally of two coders by their places, the lower first; `undefined` where they share no unit. */
  pair(one: number, other: number): PairTally | undefined {
    const tally = this.#pairs.get(one * this.coders + other);
    return tally === undefined || tally.units === 0 ? undefined : tally;
  }

  /** Units that at least so many coders judged. */
  unitsJudgedBy(least: number): number {
    let units = 0;
    for (let judged = least; judged < this.strata.length; judged += 1)
      units += this.strata[judged]?.units ?? 0;
    return units;
  }

  /** The share of each category among all values, by name. */
  prevalence(): Record<string, number> {
    const categories = this.categories();
    const sums = categories.map((index) =>
      this.strata.reduce((sum, one) => sum + (one?.values[index] ?? 0), 0),
    );
    const all = sums.reduce((sum, one) => sum + one, 0);
    return Object.fromEntries(
      categories.map((index, at) => [
        this.nameOf(index) === NOTHING ? NOTHING_IN_TABLES : this.nameOf(index),
        all === 0 ? 0 : (sums[at] ?? 0) / all,
      ]),
    );
  }

  #give(coder: number, value: number, weight: number): void {
    if (this.#names[value] !== NOTHING) this.given[coder] = (this.given[coder] ?? 0) + weight;
  }

  #addToStratum(row: ArrayLike<number>, weight: number): void {
    this.#sorted = null;
    const found: number[] = [];
    const times: number[] = [];
    let judged = 0;
    for (let coder = 0; coder < row.length; coder += 1) {
      const value = row[coder] as number;
      if (value === ABSENT) continue;
      judged += 1;
      const at = found.indexOf(value);
      if (at === -1) {
        found.push(value);
        times.push(1);
      } else times[at] = (times[at] ?? 0) + 1;
    }
    this.strata[judged] ??= { units: 0, values: [], same: [], apart: new Map() };
    const stratum = this.strata[judged] as Stratum;
    stratum.units += weight;
    for (let at = 0; at < found.length; at += 1) {
      const [value, often] = [found[at] as number, times[at] as number];
      add(stratum.values, value, often * weight);
      add(stratum.same, value, often * (often - 1) * weight);
      for (let next = at + 1; next < found.length; next += 1) {
        const than = found[next] as number;
        const key = Math.min(value, than) * MOST + Math.max(value, than);
        const sum = (stratum.apart.get(key) ?? 0) + often * (times[next] as number) * weight;
        if (sum === 0) stratum.apart.delete(key);
        else stratum.apart.set(key, sum);
      }
    }
  }

  #addToPair(one: number, other: number, value: number, than: number, weight: number): void {
    if (value === ABSENT || than === ABSENT) return;
    const key = one * this.coders + other;
    let tally = this.#pairs.get(key);
    if (tally === undefined) {
      tally = { units: 0, agree: [], one: [], other: [] };
      this.#pairs.set(key, tally);
    }
    tally.units += weight;
    add(tally.one, value, weight);
    add(tally.other, than, weight);
    if (value === than) add(tally.agree, value, weight);
  }
}

/** The two categories of a key of `apart`. */
export function categoriesOfKey(key: number): [number, number] {
  return [Math.floor(key / MOST), key % MOST];
}

/** Counts whole ratings. */
export function countsOf(ratings: Ratings): Counts {
  const counts = new Counts(ratings.coders.length, ratings.categories);
  const row = new Int32Array(ratings.coders.length);
  for (const { values, weight } of ratings.rows) {
    for (let coder = 0; coder < row.length; coder += 1) row[coder] = counts.indexOf(values[coder] ?? null);
    counts.addRow(row, weight ?? 1);
  }
  return counts;
}

function add(to: number[], at: number, weight: number): void {
  // Without holes: engines keep such arrays flat.
  while (to.length <= at) to.push(0);
  to[at] = (to[at] as number) + weight;
}
