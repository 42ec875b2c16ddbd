import { BRENNAN_PREDIGER } from './brennan-prediger';
import { COHEN_KAPPA } from './cohen-kappa';
import type { RatingMeasure, SpanMeasure } from './figure';
import { FLEISS_KAPPA } from './fleiss-kappa';
import { GAMMA } from './gamma';
import { GWET_AC1, GWET_AC2 } from './gwet-ac';
import { HOLSTI } from './holsti';
import { KRIPPENDORFF_ALPHAS } from './krippendorff-alpha';
import { PERCENT } from './percent';
import { SCOTT_PI } from './scott-pi';
import { SPAN_F1, SPAN_JACCARD } from './span-overlap';
import { UNITIZING_ALPHA } from './unitizing-alpha';

/** Every measure of values that coders gave to the same units. */
export const RATING_MEASURES: readonly RatingMeasure[] = [
  PERCENT,
  HOLSTI,
  COHEN_KAPPA,
  SCOTT_PI,
  FLEISS_KAPPA,
  BRENNAN_PREDIGER,
  GWET_AC1,
  GWET_AC2,
  ...KRIPPENDORFF_ALPHAS,
];

/** Every measure of spans that coders cut by themselves. */
export const SPAN_MEASURES: readonly SpanMeasure[] = [UNITIZING_ALPHA, GAMMA, SPAN_F1, SPAN_JACCARD];
