import type { Counts } from './counts';
import { beyondChance, type Outcome, type RatingMeasure, REASON } from './figure';
import { observedAgreement } from './observed';

/** Agreement beyond what coders give who choose among the categories by lot. */
export const BRENNAN_PREDIGER: RatingMeasure = {
  id: 'brennan-prediger',
  name: 'Brennan-Prediger coefficient',
  definition:
    "(P - Pe) / (1 - Pe) with Pe = 1 / q, q the number of categories (all that are known, else those used). For two coders also Bennett's S.",
  citation:
    'Brennan, R. L. & Prediger, D. J. (1981). Coefficient kappa. Educational and Psychological Measurement 41, 687-699. Bennett, E. M., Alpert, R. & Goldstein, A. C. (1954). Public Opinion Quarterly 18, 303-308.',
  inR: 'irrCAC::bp.coeff.raw(ratings)$est',
  of: brennanPrediger,
};

function brennanPrediger(counts: Counts): Outcome {
  if (counts.coders < 2) return { reason: REASON.oneCoder };
  if (counts.unitsJudgedBy(2) === 0) return { reason: REASON.noPairs };
  if (!counts.hasChoice()) return { reason: REASON.oneCategory };
  return beyondChance(observedAgreement(counts), 1 / counts.categories().length);
}
