import type { Counts } from './counts';
import { type Outcome, type RatingMeasure, REASON } from './figure';
import { observedAgreement } from './observed';

/** The mean over units of the share of pairs of values that agree. */
export const PERCENT: RatingMeasure = {
  id: 'percent',
  name: 'Percent agreement',
  definition:
    'The mean over units of the share of pairs of coders that gave the same value; for two coders, agreements / units.',
  citation: 'Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th ed., ch. 2. Advanced Analytics.',
  inR: 'irrCAC::pa.coeff.raw(ratings)$est',
  of: percent,
};

function percent(counts: Counts): Outcome {
  if (counts.coders < 2) return { reason: REASON.oneCoder };
  if (counts.unitsJudgedBy(2) === 0) return { reason: REASON.noPairs };
  return { value: observedAgreement(counts) };
}
