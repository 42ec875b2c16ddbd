import type { Counts, PairTally } from './counts';
import { beyondChance, type Outcome, type RatingMeasure, REASON } from './figure';

/** Agreement of two coders beyond what their own habits give by chance. */
export const COHEN_KAPPA: RatingMeasure = {
  id: 'cohen-kappa',
  name: "Cohen's kappa",
  definition:
    '(Po - Pe) / (1 - Pe) with Pe = sum of a_k b_k / N², on the units both judged. For more than two coders, the mean over the pairs that share units (Light 1971).',
  citation:
    'Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20, 37-46. Light, R. J. (1971). Psychological Bulletin 76, 365-377.',
  inR: 'mean(apply(combn(ncol(ratings), 2), 2, function(two) irr::kappa2(ratings[, two])$value)); irr::kappam.light leaves out every unit that one coder left out',
  of: cohenKappa,
};

function cohenKappa(counts: Counts): Outcome {
  if (counts.coders < 2) return { reason: REASON.oneCoder };
  const categories = counts.categories();
  const kappas: number[] = [];
  for (let one = 0; one < counts.coders; one += 1)
    for (let other = one + 1; other < counts.coders; other += 1) {
      const tally = counts.pair(one, other);
      if (tally === undefined) continue;
      const kappa = kappaOf(tally, categories);
      if ('reason' in kappa)
        return counts.coders === 2
          ? kappa
          : { reason: `${kappa.reason} by coders ${one + 1} and ${other + 1}` };
      if (counts.coders === 2) return kappa;
      kappas.push(kappa.value);
    }
  if (kappas.length === 0) return { reason: REASON.noPairs };
  return { value: kappas.reduce((sum, one) => sum + one, 0) / kappas.length };
}

function kappaOf(tally: PairTally, categories: readonly number[]): Outcome {
  const { units } = tally;
  let [observed, expected, highest] = [0, 0, 0];
  for (const index of categories) {
    const [one, other] = [tally.one[index] ?? 0, tally.other[index] ?? 0];
    observed += (tally.agree[index] ?? 0) / units;
    expected += (one * other) / units ** 2;
    highest += Math.min(one, other) / units;
  }
  const kappa = beyondChance(observed, expected);
  if ('reason' in kappa) return kappa;
  // What kappa could reach at most with these habits (Cohen 1960, p. 42).
  return { ...kappa, details: { ...kappa.details, highest: (highest - expected) / (1 - expected) } };
}
