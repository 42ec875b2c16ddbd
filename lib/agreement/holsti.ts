import type { Counts } from './counts';
import { type Outcome, type RatingMeasure, REASON } from './figure';
import { NOTHING } from './ratings';

/** Coding decisions that two coders agree on, among all that both made. */
export const HOLSTI: RatingMeasure = {
  id: 'holsti',
  name: "Holsti's coefficient of reliability",
  definition:
    '2M / (N1 + N2): M values that both gave to the same unit, N1 and N2 the values each gave; units left uncoded are no value. For more than two coders, the mean of the pairs.',
  citation:
    'Holsti, O. R. (1969). Content Analysis for the Social Sciences and Humanities, p. 140. Addison-Wesley.',
  inR: 'mean(apply(combn(ncol(ratings), 2), 2, function(two) 2 * sum(ratings[, two[1]] == ratings[, two[2]], na.rm = TRUE) / sum(!is.na(ratings[, two]))))',
  of: holsti,
};

function holsti(counts: Counts): Outcome {
  if (counts.coders < 2) return { reason: REASON.oneCoder };
  const nothing = counts.categories().find((index) => counts.nameOf(index) === NOTHING);
  let [sum, pairs] = [0, 0];
  for (let one = 0; one < counts.coders; one += 1)
    for (let other = one + 1; other < counts.coders; other += 1) {
      const given = (counts.given[one] ?? 0) + (counts.given[other] ?? 0);
      // Two coders who gave nothing agree on nothing.
      if (given === 0) continue;
      const tally = counts.pair(one, other);
      let agreed = 0;
      for (const index of counts.categories()) if (index !== nothing) agreed += tally?.agree[index] ?? 0;
      sum += (2 * agreed) / given;
      pairs += 1;
    }
  return pairs === 0 ? { reason: 'no unit was coded' } : { value: sum / pairs };
}
