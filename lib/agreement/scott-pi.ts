import type { Counts } from './counts';
import { beyondChance, type Outcome, type RatingMeasure, REASON } from './figure';

/** Agreement of two coders beyond what the values of both together give by chance. */
export const SCOTT_PI: RatingMeasure = {
  id: 'scott-pi',
  name: "Scott's pi",
  definition:
    "(Po - Pe) / (1 - Pe) with Pe = sum of ((a_k + b_k) / 2N)², on the units both judged. Two coders; for more, see Fleiss' kappa.",
  citation: 'Scott, W. A. (1955). Reliability of content analysis. Public Opinion Quarterly 19, 321-325.',
  inR: 'irrCAC::fleiss.kappa.raw(ratings[complete.cases(ratings), ])$est',
  of: scottPi,
};

function scottPi(counts: Counts): Outcome {
  if (counts.coders < 2) return { reason: REASON.oneCoder };
  if (counts.coders > 2)
    return { reason: "it is defined for two coders; Fleiss' kappa is its form for more" };
  const tally = counts.pair(0, 1);
  if (tally === undefined) return { reason: REASON.noPairs };
  let [observed, expected] = [0, 0];
  for (const index of counts.categories()) {
    observed += (tally.agree[index] ?? 0) / tally.units;
    expected += (((tally.one[index] ?? 0) + (tally.other[index] ?? 0)) / (2 * tally.units)) ** 2;
  }
  return beyondChance(observed, expected);
}
