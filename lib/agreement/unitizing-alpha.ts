import { type Outcome, REASON, type SpanMeasure } from './figure';
import { type Extent, unitsByCoder } from './merge-spans';
import type { Continuum } from './ratings';

/** Krippendorff's alpha for spans that coders cut by themselves. */
export const UNITIZING_ALPHA: SpanMeasure = {
  id: 'unitizing-alpha',
  name: "Krippendorff's unitizing alpha (uα)",
  definition:
    "1 - sum of Do / sum of De over codes. Do: squared differences of begin and end of units that overlap, squared length of a unit inside another's gap, over m (m - 1) L². De: the same, expected of units and gaps put anywhere. Overlapping spans of one coder and code are joined; several sources are laid end to end.",
  citation: 'Krippendorff, K. (2004). Content Analysis, 2nd ed., pp. 251-256. Sage.',
  inR: 'no package computes it; the formulas are in the citation',
  of: (continua) => unitizingAlpha(continua, null),
};

/** Disagreement of one code, observed and expected; adds up over codes. */
export type Disagreement = { observed: number; expected: number };

/** uα of one code, or of all together (`null`). */
export function unitizingAlpha(continua: readonly Continuum[], code: string | null): Outcome {
  const joined = endToEnd(continua);
  if ('reason' in joined) return joined;
  if (joined.coders.length < 2) return { reason: REASON.oneCoder };
  const codes = code === null ? [...new Set(joined.codings.map((one) => one.code))].sort() : [code];
  if (joined.codings.length === 0) return { reason: REASON.noSpans };
  return ofDisagreements(
    codes.map((each) => disagreementOf(unitsByCoder(joined.codings, joined.coders, each), joined)),
  );
}

/** uα from the disagreement of each code, in the order of the codes' names. */
export function ofDisagreements(byCode: readonly Disagreement[]): Outcome {
  let [observed, expected] = [0, 0];
  for (const one of byCode) {
    observed += one.observed;
    expected += one.expected;
  }
  if (!(expected > 0)) return { reason: REASON.noSpans };
  return { value: 1 - observed / expected, details: { observed, expected } };
}

/** Observed and expected disagreement of units (apart and in order for each coder) on a continuum. */
export function disagreementOf(units: readonly (readonly Extent[])[], { start, end }: Extent): Disagreement {
  const length = end - start;
  const coders = units.length;
  let observed = 0;
  for (let one = 0; one < coders; one += 1)
    for (let other = one + 1; other < coders; other += 1)
      observed += 2 * difference(units[one] ?? [], units[other] ?? []);
  return {
    observed: observed / (coders * (coders - 1) * length ** 2),
    expected: expectedOf(units, start, end),
  };
}

/** Squared differences of the sections of two coders, each pair once. */
function difference(one: readonly Extent[], other: readonly Extent[]): number {
  let sum = aloneIn(other, one);
  let from = 0;
  for (const unit of one) {
    while ((other[from]?.end ?? Number.POSITIVE_INFINITY) <= unit.start) from += 1;
    let at = from;
    for (let than = other[at]; than !== undefined && than.start < unit.end; than = other[at]) {
      sum += (unit.start - than.start) ** 2 + (unit.end - than.end) ** 2;
      at += 1;
    }
    // A unit that meets none of another coder's lies inside a gap.
    if (at === from) sum += (unit.end - unit.start) ** 2;
  }
  return sum;
}

/** Squared lengths of the units that lie in gaps of the others. */
function aloneIn(units: readonly Extent[], others: readonly Extent[]): number {
  let [sum, from] = [0, 0];
  for (const { start, end } of units) {
    while ((others[from]?.end ?? Number.POSITIVE_INFINITY) <= start) from += 1;
    if ((others[from]?.start ?? Number.POSITIVE_INFINITY) >= end) sum += (end - start) ** 2;
  }
  return sum;
}

function expectedOf(units: readonly (readonly Extent[])[], start: number, end: number): number {
  const length = end - start;
  const all = units.flat().map((unit) => unit.end - unit.start);
  const gaps = units.flatMap((own) => gapsOf(own, start, end)).sort((a, b) => b - a);
  let [sum, within, long, longer] = [0, 0, 0, 0];
  // From the longest unit on, ever more gaps are long enough for it.
  for (const unit of all.sort((a, b) => b - a)) {
    for (; (gaps[long] ?? 0) >= unit; long += 1) longer += gaps[long] ?? 0;
    sum += ((all.length - 1) / 3) * (2 * unit ** 3 - 3 * unit ** 2 + unit);
    sum += unit ** 2 * (longer - long * (unit - 1));
    within += unit * (unit - 1);
  }
  const places = units.length * length;
  return ((2 / length) * sum) / (places * (places - 1) - within);
}

function gapsOf(units: readonly Extent[], start: number, end: number): number[] {
  const edges = [start, ...units.flatMap((unit) => [unit.start, unit.end]), end];
  return edges
    .flatMap((edge, at) => (at % 2 === 0 ? [(edges[at + 1] ?? end) - edge] : []))
    .filter((gap) => gap > 0);
}

/** Sources as one continuum, in their order; only coders who had all of them can be compared on it: else why not. */
export function endToEnd(continua: readonly Continuum[]): Continuum | { reason: string } {
  const [first] = continua;
  if (first === undefined) return { reason: REASON.noSpans };
  if (continua.length === 1) return first;
  const coders = new Set(first.coders);
  if (
    continua.some(
      (one) => one.coders.length !== coders.size || one.coders.some((coder) => !coders.has(coder)),
    )
  )
    return { reason: 'not every coder had every source; take the sources one by one' };
  let length = 0;
  const codings = continua.flatMap((one) => {
    const by = length - one.start;
    length += one.end - one.start;
    return one.codings.map((coding) => ({ ...coding, start: coding.start + by, end: coding.end + by }));
  });
  return { source: '', start: 0, end: length, coders: first.coders, codings };
}
