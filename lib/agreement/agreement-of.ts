import type { AgreementOf, AgreementOutcome } from './answer';
import { DRAWS, type Draws } from './bootstrap';
import { confusionOf } from './confusion';
import { countsOf } from './counts';
import { type Disagreement, disagreementsOf, type PlacedCoding } from './disagreements';
import { figuresOf, spanFiguresOf } from './figures';
import { LiveAgreement } from './live-agreement';
import { RATING_MEASURES, SPAN_MEASURES } from './measures';
import { type Coding, pairsOf } from './ratings';
import { continuaOf, ratingsOf } from './ratings-of';
import { cutInto, type Scope } from './scope';

/** A coding with the day (in UTC) it was made on. */
export type DatedCoding = PlacedCoding & { readonly day: string };
/** All that is needed to say how far coders agree; plain data, so that it can go to another thread. */
export type AgreementJob = {
  readonly scope: Scope;
  readonly codings: readonly DatedCoding[];
  /** False for what comes at once alone: see `AgreementQuery`. */
  readonly whole: boolean;
};

const NO_DRAWS: Draws = { ...DRAWS, resamples: 0 };

/** Codes are many: each is drawn less often. */
const CODE_DRAWS: Draws = { ...DRAWS, resamples: 200 };
/** Quick ones, for what comes at once, and for pairs: gamma alone takes long. */
export const QUICK_SPANS = SPAN_MEASURES.filter(({ id }) => id !== 'gamma');
const MOST_DAYS = 120;
/** Spans that are measured in all resamples together: a second or so. */
const MOST_DRAWN = 150_000;

/** The more spans there are, the less often they are drawn; the interval tells how often. */
const spanDraws = (spans: number): Draws => ({
  ...DRAWS,
  resamples: Math.max(100, Math.min(DRAWS.resamples, Math.floor(MOST_DRAWN / Math.max(1, spans)))),
});

/** Every figure of a choice of sources, codings and unit. Yields now and then, so that a worker can pause or stop. */
export function* agreementOf({ scope: given, codings, whole }: AgreementJob): Generator<number, AgreementOf> {
  const scope = cutInto(given);
  const known = new Map(scope.sources.map(({ id, coders }) => [id, coders ?? scope.coders]));
  const counted = codings.filter((coding) => isCounted(coding, scope, known.get(coding.sourceId)));
  const spans = counted.map(spanOf);
  const measures = [
    ...(yield* figuresOf(ratingsOf(scope, spans), whole ? DRAWS : NO_DRAWS)),
    ...(whole
      ? yield* spanFiguresOf(continuaOf(scope, spans), spanDraws(spans.length))
      : yield* spanFiguresOf(continuaOf(scope, spans), NO_DRAWS, QUICK_SPANS)),
  ];
  const byPair: AgreementOf['byPair'] = [];
  for (const pair of whole ? pairsOf(scope.coders) : []) byPair.push(yield* ofPair(scope, spans, pair));
  const byCode: AgreementOf['byCode'] = [];
  for (const [codeId, own] of Map.groupBy(spans, ({ code }) => code)) {
    const ratings = ratingsOf({ ...scope, code: codeId }, own);
    byCode.push({
      codeId,
      codings: own.length,
      measures: yield* figuresOf(ratings, whole ? CODE_DRAWS : NO_DRAWS),
    });
  }
  const places = disagreementsOf(counted, (id) => known.get(id) ?? []);
  byCode.sort(byCodings);
  return {
    measures,
    byPair,
    byCode,
    confusion: confusionOf(places),
    kinds: kindsOf(places),
    byDay: whole ? yield* byDay(scope, counted) : [],
  };
}

function* ofPair(
  scope: Scope,
  spans: readonly Coding[],
  coders: [string, string],
): Generator<number, AgreementOf['byPair'][number]> {
  // Only what both had: what one of them was not to code says nothing of them.
  const sources = scope.sources.filter((source) =>
    coders.every((one) => (source.coders ?? scope.coders).includes(one)),
  );
  const ids = new Set(sources.map(({ id }) => id));
  const own = spans.filter(({ coder, source }) => coders.includes(coder) && ids.has(source));
  const pair: Scope = { ...scope, coders, sources: sources.map(({ coders: _, ...source }) => source) };
  const counts = countsOf(ratingsOf(pair, own));
  const continua = continuaOf(pair, own);
  yield 0;
  return {
    ...{ coders, codings: own.length },
    measures: Object.fromEntries([
      ...RATING_MEASURES.map(({ id, of }): [string, AgreementOutcome] => [id, { ...of(counts) }]),
      ...QUICK_SPANS.map(({ id, of }): [string, AgreementOutcome] => [id, { ...of(continua, DRAWS) }]),
    ]),
  };
}

function* byDay(scope: Scope, codings: readonly DatedCoding[]): Generator<number, AgreementOf['byDay']> {
  const live = new LiveAgreement(scope);
  const days = [...Map.groupBy(codings, ({ day }) => day)].sort(([one], [other]) => (one < other ? -1 : 1));
  const found: AgreementOf['byDay'] = [];
  let standing = 0;
  for (const [day, own] of days) {
    for (const coding of own) live.add(spanOf(coding));
    standing += own.length;
    const measures = RATING_MEASURES.map(({ id, of }): [string, AgreementOutcome] => [
      id,
      { ...of(live.counts) },
    ]);
    found.push({ day, codings: standing, measures: Object.fromEntries(measures) });
    yield found.length;
  }
  return found.slice(-MOST_DAYS);
}

/** Whether a coding says something in a scope: of its code, on something, by one of those who were to code its source. */
export function isCounted(
  { coderId, codeId, start, end }: PlacedCoding,
  scope: Scope,
  coders: readonly string[] | undefined,
): boolean {
  return end > start && coders?.includes(coderId) === true && (scope.code ?? codeId) === codeId;
}

/** Codes that were put on most passages first; ids decide between those with as many. */
export function byCodings(one: AgreementOf['byCode'][number], other: AgreementOf['byCode'][number]): number {
  return other.codings - one.codings || (one.codeId < other.codeId ? -1 : 1);
}

/** How many places there are of each kind. */
export function kindsOf(places: readonly Disagreement[]): AgreementOf['kinds'] {
  const kinds = { same: 0, boundary: 0, code: 0, 'only-one': 0 };
  for (const { kind } of places) kinds[kind] += 1;
  return kinds;
}

/** The names that measures and exports know a coding by. */
export function spanOf({ coderId, sourceId, codeId, start, end }: PlacedCoding): Coding {
  return { coder: coderId, source: sourceId, code: codeId, start, end };
}
