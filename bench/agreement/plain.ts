import type { Ratings } from '../../lib/agreement/ratings';

/** Cohen's kappa of every pair, Fleiss' kappa and nominal alpha, straight from the values, as one would write them first. */
export function plain({ coders, rows }: Ratings): { kappa: number; fleiss: number; alpha: number } {
  return { kappa: kappa(coders.length, rows), fleiss: fleiss(rows), alpha: alpha(rows) };
}

type Rows = Ratings['rows'];
const count = <Key>(into: Map<Key, number>, key: Key, by = 1) => into.set(key, (into.get(key) ?? 0) + by);

function kappa(coders: number, rows: Rows): number {
  let [sum, pairs] = [0, 0];
  for (let one = 0; one < coders; one += 1)
    for (let other = one + 1; other < coders; other += 1) {
      const [a, b] = [new Map<string, number>(), new Map<string, number>()];
      let [units, agreed] = [0, 0];
      for (const { values, weight = 1 } of rows) {
        const [value, than] = [values[one] ?? null, values[other] ?? null];
        if (value === null || than === null) continue;
        units += weight;
        if (value === than) agreed += weight;
        count(a, value, weight);
        count(b, than, weight);
      }
      let expected = 0;
      for (const [value, often] of a) expected += (often * (b.get(value) ?? 0)) / units ** 2;
      sum += (agreed / units - expected) / (1 - expected);
      pairs += 1;
    }
  return sum / pairs;
}

function fleiss(rows: Rows): number {
  const shares = new Map<string, number>();
  let [observed, units, judged] = [0, 0, 0];
  for (const { values, weight = 1 } of rows) {
    const given = values.filter((value) => value !== null);
    if (given.length === 0) continue;
    judged += weight;
    for (const value of given) count(shares, value, weight / given.length);
    if (given.length < 2) continue;
    units += weight;
    let agreeing = 0;
    for (const [at, one] of given.entries())
      for (const [than, other] of given.entries()) if (at !== than && one === other) agreeing += 1;
    observed += (weight * agreeing) / (given.length * (given.length - 1));
  }
  let expected = 0;
  for (const share of shares.values()) expected += (share / judged) ** 2;
  return (observed / units - expected) / (1 - expected);
}

function alpha(rows: Rows): number {
  const values = new Map<string, number>();
  let [disagreeing, all] = [0, 0];
  for (const { values: given, weight = 1 } of rows) {
    const some = given.filter((value) => value !== null);
    if (some.length < 2) continue;
    for (const [at, one] of some.entries()) {
      count(values, one, weight);
      all += weight;
      for (const [than, other] of some.entries())
        if (at !== than && one !== other) disagreeing += weight / (some.length - 1);
    }
  }
  let alike = 0;
  for (const often of values.values()) alike += often ** 2;
  return 1 - ((all - 1) * disagreeing) / (all ** 2 - alike);
}
