import { type Outcome, REASON, type SpanMeasure } from './figure';
import { type Extent, unitsByCoder } from './merge-spans';
import type { Continuum } from './ratings';

/** Characters that two coders gave a code: both of them, and each. */
export type Overlap = { both: number; one: number; other: number };

/** How much of what two coders marked both marked, as precision and recall together. */
export const SPAN_F1: SpanMeasure = {
  id: 'span-f1',
  name: 'Span F1 (characters)',
  definition:
    '2B / (A + C): A and C the characters each of two coders gave a code, B those that both gave it, summed over codes and sources. For more than two coders, the mean of the pairs that marked something.',
  citation:
    'Hripcsak, G. & Rothschild, A. S. (2005). Agreement, the F-measure, and reliability in information retrieval. JAMIA 12, 296-298.',
  inR: 'with characters listed by code, 2 * length(intersect(a, b)) / (length(a) + length(b))',
  of: (continua) => meanOf(continua, f1),
};

/** How much of what either of two coders marked both marked. */
export const SPAN_JACCARD: SpanMeasure = {
  id: 'span-jaccard',
  name: 'Span Jaccard (characters)',
  definition:
    'B / (A + C - B): A and C the characters each of two coders gave a code, B those that both gave it, summed over codes and sources. For more than two coders, the mean of the pairs that marked something.',
  citation:
    'Jaccard, P. (1912). The distribution of the flora in the alpine zone. New Phytologist 11, 37-50.',
  inR: 'with characters listed by code, length(intersect(a, b)) / length(union(a, b))',
  of: (continua) => meanOf(continua, jaccard),
};

function meanOf(continua: readonly Continuum[], mean: (overlap: Overlap) => number): Outcome {
  const coders = [...new Set(continua.flatMap((one) => one.coders))].sort();
  return meanOverlap(
    coders,
    continua.map((one) => overlapsOf(one, coders)),
    mean,
  );
}

/** The mean over the pairs of coders that marked something, from the overlaps on each source. */
function meanOverlap(
  coders: readonly string[],
  bySource: readonly (readonly Overlap[])[],
  measure: (overlap: Overlap) => number,
): Outcome {
  if (coders.length < 2) return { reason: REASON.oneCoder };
  const overlaps = Array.from({ length: coders.length ** 2 }, (): Overlap => ({ both: 0, one: 0, other: 0 }));
  for (const own of bySource)
    for (const [at, { both, one, other }] of own.entries()) {
      const sum = overlaps[at] as Overlap;
      sum.both += both;
      sum.one += one;
      sum.other += other;
    }
  const marked = overlaps.filter(({ one, other }) => one + other > 0);
  if (marked.length === 0) return { reason: REASON.noSpans };
  return { value: marked.reduce((sum, overlap) => sum + measure(overlap), 0) / marked.length };
}

/** Span F1 and Jaccard from the overlaps on each source, of coders in the order of their ids: as the measures give them. */
export function ofOverlaps(
  coders: readonly string[],
  bySource: readonly (readonly Overlap[])[],
): Readonly<Record<'span-f1' | 'span-jaccard', Outcome>> {
  return {
    'span-f1': meanOverlap(coders, bySource, f1),
    'span-jaccard': meanOverlap(coders, bySource, jaccard),
  };
}

function f1({ both, one, other }: Overlap): number {
  return (2 * both) / (one + other);
}

function jaccard({ both, one, other }: Overlap): number {
  return both / (one + other - both);
}

/** The overlap of every two coders on a source, at (place of one) * coders + (place of the other); none where one had not to code it. */
export function overlapsOf(continuum: Continuum, coders: readonly string[]): Overlap[] {
  const size = coders.length;
  const overlaps = Array.from({ length: size * size }, (): Overlap => ({ both: 0, one: 0, other: 0 }));
  const had = coders.map((coder) => continuum.coders.includes(coder));
  for (const [code, codings] of Map.groupBy(continuum.codings, (coding) => coding.code)) {
    const units = unitsByCoder(codings, coders, code);
    const lengths = units.map((own) => own.reduce((sum, unit) => sum + unit.end - unit.start, 0));
    for (let one = 0; one < size; one += 1)
      for (let other = one + 1; other < size; other += 1) {
        if (!had[one] || !had[other]) continue;
        const overlap = overlaps[one * size + other] as Overlap;
        overlap.one += lengths[one] ?? 0;
        overlap.other += lengths[other] ?? 0;
        overlap.both += common(units[one] ?? [], units[other] ?? []);
      }
  }
  return overlaps;
}

/** Characters in both of two lists of spans that are in order and apart. */
function common(some: readonly Extent[], others: readonly Extent[]): number {
  let [sum, at, than] = [0, 0, 0];
  for (;;) {
    const [one, other] = [some[at], others[than]];
    if (one === undefined || other === undefined) return sum;
    sum += Math.max(0, Math.min(one.end, other.end) - Math.max(one.start, other.start));
    if (one.end < other.end) at += 1;
    else than += 1;
  }
}
