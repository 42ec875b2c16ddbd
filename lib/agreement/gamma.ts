import { type Alignment, type GammaWeights, leastDisorder, type PlacedUnit } from './align-units';
import { type Outcome, REASON, type SpanMeasure } from './figure';
import type { Continuum } from './ratings';
import { seeded } from './seeded';

const WEIGHTS: GammaWeights = { alpha: 1, beta: 1, empty: 1 };
/** Spans on all sources that gamma is computed for; beyond, the search for the best alignment would not end in time. */
const MOST_SPANS = 250;
/** Samples: at least and at most; and how near the expected disorder shall be to its mean, 95 % of the time. */
const SAMPLES = { least: 30, most: 200, precision: 0.05 };

/** Agreement on where spans are and on their codes at once, by the best alignment of the coders' spans. */
export const GAMMA: SpanMeasure = {
  id: 'gamma',
  name: 'Gamma (γ)',
  definition:
    '1 - observed / expected disorder. Observed: the least sum of the disorders of unitary alignments over the mean number of spans a coder; two spans differ by ((|start shift| + |end shift|) / (sum of lengths))², plus 1 for other codes, and an absent one costs 1. Expected: the mean of samples in which each coder is one of the coders, shifted by a random distance round the end. proven: 1 where no alignment can be better, 0 where the search was cut short.',
  citation:
    'Mathet, Y., Widlöcher, A. & Métivier, J.-P. (2015). The unified and holistic method gamma (γ) for inter-annotator agreement measure and alignment. Computational Linguistics 41(3), 437-479.',
  inR: 'no package for R; pygamma-agreement for Python reads the exported spans (ShuffleContinuumSampler)',
  of: (continua, { seed }) => gamma(continua, { seed }),
};

/** Gamma with weights; the samples follow from the seed. */
export function gamma(
  continua: readonly Continuum[],
  { seed, weights = WEIGHTS }: { seed: number; weights?: GammaWeights },
): Outcome {
  const spans = continua.reduce((sum, one) => sum + one.codings.length, 0);
  if (continua.every((one) => one.coders.length < 2)) return { reason: REASON.oneCoder };
  if (spans === 0) return { reason: REASON.noSpans };
  if (spans > MOST_SPANS) return { reason: `there are too many spans to align them (at most ${MOST_SPANS})` };
  const observed = observedDisorder(continua, weights);
  const random = seeded(seed);
  const samples: number[] = [];
  for (let wanted = SAMPLES.least; samples.length < wanted; ) {
    const sample = continua.map((one) => shuffled(one, random));
    samples.push(observedDisorder(sample, weights).disorder);
    if (samples.length === SAMPLES.least) wanted = Math.min(SAMPLES.most, samplesFor(samples));
  }
  const expected = meanOf(samples);
  if (expected < 1e-9)
    return { reason: 'chance alone gives no disorder: every shift of the spans is the same' };
  return {
    value: 1 - observed.disorder / expected,
    details: {
      observed: observed.disorder,
      expected,
      ...{ samples: samples.length, seed, proven: observed.isProven ? 1 : 0 },
    },
  };
}

/** The disorder of the best alignment, per span of a coder. */
export function observedDisorder(continua: readonly Continuum[], weights: GammaWeights = WEIGHTS): Alignment {
  let [sum, mean, isProven] = [0, 0, true];
  for (const { coders, codings } of continua) {
    if (coders.length < 2) continue;
    const units: PlacedUnit[] = codings
      .filter(({ coder, start, end }) => coders.includes(coder) && end > start)
      .map(({ coder, start, end, code }) => ({ coder: coders.indexOf(coder), start, end, code }));
    const least = leastDisorder(units, coders.length, weights);
    sum += least.disorder;
    mean += units.length / coders.length;
    isProven &&= least.isProven;
  }
  return { disorder: mean === 0 ? 0 : sum / mean, isProven };
}

/** Samples that bring the mean near enough, by the variation of the first ones (Mathet et al. 2015, 5.3). */
function samplesFor(samples: readonly number[]): number {
  const mean = meanOf(samples);
  if (mean === 0) return samples.length;
  const variance = meanOf(samples.map((one) => (one - mean) ** 2));
  return Math.max(
    samples.length,
    Math.ceil(((Math.sqrt(variance) / mean) * (1.96 / SAMPLES.precision)) ** 2),
  );
}

/**
 * A continuum by chance (Mathet et al. 2015, 5.2): each coder is any of the coders, shifted by a distance of their own that
 * is at least half a mean span away from the others' distances, where there is room for that.
 */
function shuffled(continuum: Continuum, random: () => number): Continuum {
  const { start, end, coders, codings } = continuum;
  const apart = codings.length === 0 ? 0 : meanOf(codings.map((one) => one.end - one.start)) / 2;
  const shifts: number[] = [];
  for (const _ of coders) shifts.push(shiftApart(shifts, end - start, apart, random));
  for (;;) {
    const sampled = coders.flatMap((coder, at) => {
      const model = coders[Math.floor(random() * coders.length)];
      return codings
        .filter((one) => one.coder === model)
        .map((one) => {
          const moved = one.start + (shifts[at] ?? 0);
          const from = moved >= end ? moved - (end - start) : moved;
          return { ...one, coder, start: from, end: from + one.end - one.start };
        });
    });
    if (sampled.length > 0 || codings.length === 0) return { ...continuum, codings: sampled };
  }
}

function shiftApart(taken: readonly number[], length: number, apart: number, random: () => number): number {
  // Free stretches between those taken; drawn from evenly, as the method's own software does.
  const free: [number, number][] = [];
  let from = 0;
  for (const one of [...taken].sort((a, b) => a - b)) {
    if (one - apart > from) free.push([from, one - apart]);
    from = Math.max(from, one + apart);
  }
  if (from < length) free.push([from, length]);
  const room = free.reduce((sum, [low, high]) => sum + high - low, 0);
  if (room === 0) return Math.floor(random() * length);
  let at = random() * room;
  for (const [low, high] of free) {
    if (at < high - low) return Math.floor(low + at);
    at -= high - low;
  }
  return 0;
}

const meanOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
