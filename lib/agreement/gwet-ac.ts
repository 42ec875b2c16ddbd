import type { Counts } from './counts';
import { beyondChance, type Outcome, type RatingMeasure, REASON } from './figure';
import { observedAgreement, sharesOf, type Weight } from './observed';

const CITATION =
  'Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high agreement. British Journal of Mathematical and Statistical Psychology 61, 29-48. Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th ed.';

/** Agreement beyond chance that stays steady where one category is rare. */
export const GWET_AC1: RatingMeasure = {
  id: 'gwet-ac1',
  name: "Gwet's AC1",
  definition: '(P - Pe) / (1 - Pe) with Pe = sum of p_k (1 - p_k) / (q - 1), q the number of categories.',
  citation: CITATION,
  inR: 'irrCAC::gwet.ac1.raw(ratings)$est',
  of: (counts) => gwetAc(counts),
};

/** AC1 with partial agreement: values that are near each other agree in part. */
export const GWET_AC2: RatingMeasure = {
  id: 'gwet-ac2',
  name: "Gwet's AC2 (ordinal weights)",
  definition:
    'AC1 with weights w = 1 - C(|k - l| + 1, 2) / C(q, 2) for the k-th and l-th of q categories in the order of their numbers; Pe = Tw / (q (q - 1)) · sum of p_k (1 - p_k), Tw the sum of all weights.',
  citation: CITATION,
  inR: 'irrCAC::gwet.ac1.raw(ratings, weights = "ordinal")$est',
  of: (counts) => {
    const ranks = ranksOf(counts);
    if (ranks === null) return { reason: REASON.notNumbers };
    const rungs = ranks.size;
    const most = (rungs * (rungs - 1)) / 2;
    return gwetAc(counts, (one, other) => {
      const steps = Math.abs((ranks.get(one) ?? 0) - (ranks.get(other) ?? 0));
      return 1 - (steps * (steps + 1)) / 2 / most;
    });
  },
};

/** AC1, or AC2 with the weights given. */
export function gwetAc(counts: Counts, weight?: Weight): Outcome {
  if (counts.coders < 2) return { reason: REASON.oneCoder };
  if (counts.unitsJudgedBy(2) === 0) return { reason: REASON.noPairs };
  if (!counts.hasChoice()) return { reason: REASON.oneCategory };
  const categories = counts.categories();
  const size = categories.length;
  const spread = sharesOf(counts).reduce((sum, share) => sum + share * (1 - share), 0);
  let weights = size;
  if (weight !== undefined)
    for (const one of categories)
      for (const other of categories) if (one !== other) weights += weight(one, other);
  return beyondChance(observedAgreement(counts, weight), (weights * spread) / (size * (size - 1)));
}

/** The place of each category among all, by its number; `null` where one is no number. */
function ranksOf(counts: Counts): Map<number, number> | null {
  const numbers = counts.categories().map((index) => ({ index, number: numberOf(counts.nameOf(index)) }));
  if (numbers.some(({ number }) => number === null)) return null;
  numbers.sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
  return new Map(numbers.map(({ index }, rank) => [index, rank]));
}

/** A value as a number; `null` where it is none. */
export function numberOf(value: string): number | null {
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value) ? Number(value) : null;
}
