import type { Counts } from './counts';
import { beyondChance, type Outcome, type RatingMeasure, REASON } from './figure';
import { observedAgreement, sharesOf } from './observed';

/** Agreement of any number of coders beyond what all their values together give by chance. */
export const FLEISS_KAPPA: RatingMeasure = {
  id: 'fleiss-kappa',
  name: "Fleiss' kappa",
  definition:
    '(P - Pe) / (1 - Pe): P the mean over units of the share of agreeing pairs, Pe = sum of p_k². With missing values as Gwet (2014): units with one value count for p_k only.',
  citation:
    'Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. Psychological Bulletin 76, 378-382.',
  inR: 'irrCAC::fleiss.kappa.raw(ratings)$est',
  of: fleissKappa,
};

function fleissKappa(counts: Counts): Outcome {
  if (counts.coders < 2) return { reason: REASON.oneCoder };
  if (counts.unitsJudgedBy(2) === 0) return { reason: REASON.noPairs };
  const expected = sharesOf(counts).reduce((sum, share) => sum + share ** 2, 0);
  return beyondChance(observedAgreement(counts), expected);
}

/** Fleiss' kappa of each category against all others together, exact (the paper prints it from rounded figures). */
export function fleissByCategory(counts: Counts): { category: string; outcome: Outcome }[] {
  const units = counts.unitsJudgedBy(2);
  const shares = sharesOf(counts);
  return counts.categories().map((index, at) => {
    const category = counts.nameOf(index);
    if (units === 0) return { category, outcome: { reason: REASON.noPairs } };
    const share = shares[at] ?? 0;
    let differing = 0;
    for (let judged = 2; judged < counts.strata.length; judged += 1) {
      const stratum = counts.strata[judged];
      // n_k (m - n_k), summed: the category's values, each with all others of its unit that differ.
      const differ = (stratum?.values[index] ?? 0) * (judged - 1) - (stratum?.same[index] ?? 0);
      differing += (2 * differ) / (judged * (judged - 1));
    }
    return { category, outcome: beyondChance(1 - differing / units, share ** 2 + (1 - share) ** 2) };
  });
}
