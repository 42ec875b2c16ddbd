import type { Annotation } from '../annotations/annotation';
import { exactOf } from '../annotations/span';
import { type ChainOrigin, chainLinks, originOfQuote } from '../claims/chain-origins';
import type { Claim } from '../claims/claim';
import { type OriginLink, originsOf } from '../claims/origins';
import { compareQuotation, type Passage, type QuotationCheck } from './compare-quotation';
import type { Quotation, Statement } from './statement';

/** What backs a sentence of a draft, weakest first. */
export const BACKINGS = ['nothing', 'disputed', 'single-origin', 'sourced'] as const;
export type Backing = (typeof BACKINGS)[number];

/** What somebody should look at in a sentence, whatever backs it. */
export const CONCERNS = [
  'quotation-differs',
  'quotation-missing',
  'mark-gone',
  'mark-changed',
  'claim-open',
  'off-record',
] as const;
export type Concern = (typeof CONCERNS)[number];

/** What a page knows that sentences may rest on. */
export type Grounds = {
  /** The mark behind a chip; null when it can't be had. */
  annotation(id: string): Annotation | null;
  readonly claims: readonly Claim[];
  /** Whether there is still something to do about a claim with this status. */
  isOpen(status: string): boolean;
  readonly links: readonly OriginLink[];
  /** The text of a source in its current version; null when it has not come yet. */
  textOf(sourceId: string): string | null;
};

export type Judged = {
  readonly statement: Statement;
  readonly backing: Backing;
  readonly concerns: readonly Concern[];
  /** The sources it rests on, each once, and how many independent origins those have. */
  readonly sourceIds: readonly string[];
  readonly origins: number;
  /** The claims it names, and those that a mark it names was brought to. */
  readonly claims: readonly Claim[];
  readonly quotations: readonly (Quotation & QuotationCheck)[];
};

/** Statuses of a claim, by the keys that every project begins with, which speak against what it says. */
const AGAINST = new Set(['contradicted', 'disputed', 'unsupported', 'retracted']);
/** Fewer words in quotation marks are a term as often as a quotation: they are not missed where nobody has them. */
const LEAST_WORDS = 3;

/**
 * What backs a sentence. It rests on the sources of its chips, on those it links to, on the evidence for the claims it names,
 * and on a source that has its quotation. Whatever speaks against one of its claims, or a quotation that differs from its
 * source, makes it disputed; sources that come down to one origin are one.
 */
export function judge(statement: Statement, grounds: Grounds): Judged {
  const marks = statement.annotationIds.map((id) => grounds.annotation(id));
  const standing = marks.filter((mark): mark is Annotation => mark !== null && stands(mark));
  const claims = claimsOf(statement, grounds);
  const quotations = statement.quotations.map((quotation) => ({
    ...quotation,
    ...compareQuotation(quotation.words, passagesFor(standing, claims, statement, grounds)),
  }));
  const found = quotations.filter(({ result }) => result === 'same' || result === 'cut');
  const grounded = passagesBehind(standing, claims, statement);
  const sourceIds = [
    ...new Set([
      ...grounded.map(({ sourceId }) => sourceId),
      ...found.flatMap(({ passageId }) =>
        passageId !== null && isSource(passageId) ? [sourceIn(passageId)] : [],
      ),
    ]),
  ];
  const origins = originsOf(sourceIds, [...grounds.links, ...chainLinks(grounded)]).roots.length;
  const concerns = new Set<Concern>();
  if (quotations.some(({ result }) => result === 'differs')) concerns.add('quotation-differs');
  if (quotations.some((one) => one.result === 'missing' && wordCount(one.words) >= LEAST_WORDS))
    concerns.add('quotation-missing');
  if (marks.some((mark) => mark === null || !stands(mark))) concerns.add('mark-gone');
  if (standing.some(({ anchoring }) => anchoring?.state === 'waiting')) concerns.add('mark-changed');
  if (claims.some(({ status, reopened }) => reopened !== null || grounds.isOpen(status)))
    concerns.add('claim-open');
  if (standing.some(({ quote }) => quote?.level === 'off-record')) concerns.add('off-record');
  const isDisputed = claims.some(speaksAgainst) || concerns.has('quotation-differs');
  return {
    statement,
    backing: isDisputed
      ? 'disputed'
      : origins === 0
        ? 'nothing'
        : origins === 1
          ? 'single-origin'
          : 'sourced',
    concerns: CONCERNS.filter((one) => concerns.has(one)),
    sourceIds,
    origins,
    claims,
    quotations,
  };
}

const stands = (mark: Annotation) =>
  mark.deleted === null && mark.anchoring?.state !== 'orphan' && mark.anchoring?.outcome !== 'lost';
const speaksAgainst = ({ status, evidence }: Claim) =>
  AGAINST.has(status) || evidence.some(({ stance }) => stance === 'disputes');
const wordCount = (words: string) => words.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;

function claimsOf({ claimIds, annotationIds }: Statement, grounds: Grounds): Claim[] {
  const named = new Set(claimIds);
  const marked = new Set(annotationIds);
  return grounds.claims.filter(
    ({ id, deleted, evidence }) =>
      deleted === null && (named.has(id) || evidence.some((one) => marked.has(one.annotationId))),
  );
}

/** What a sentence rests on, with where the words of quotes came from. */
function passagesBehind(
  marks: readonly Annotation[],
  claims: readonly Claim[],
  { sourceIds }: Statement,
): { sourceId: string; origin: ChainOrigin | null }[] {
  return [
    ...marks.map(({ sourceId, quote }) => ({ sourceId, origin: originOfQuote(quote) })),
    ...sourceIds.map((sourceId) => ({ sourceId, origin: null })),
    ...claims.flatMap(({ evidence }) => evidence.filter(({ stance }) => stance === 'supports')),
  ];
}

const SOURCE = 'source:';
const isSource = (passageId: string) => passageId.startsWith(SOURCE);
const sourceIn = (passageId: string) => passageId.slice(SOURCE.length);

/** What a quotation may be from, likeliest first: the marks of its sentence, then the sources it rests on. */
function passagesFor(
  marks: readonly Annotation[],
  claims: readonly Claim[],
  { sourceIds }: Statement,
  grounds: Grounds,
): Passage[] {
  const sources = [
    ...new Set([
      ...marks.map(({ sourceId }) => sourceId),
      ...sourceIds,
      ...claims.flatMap(({ evidence }) => evidence.map(({ sourceId }) => sourceId)),
    ]),
  ];
  return [
    ...marks.map((mark) => ({ id: mark.id, text: exactOf(mark) })),
    ...sources.flatMap((id) => {
      const text = grounds.textOf(id);
      return text === null ? [] : [{ id: `${SOURCE}${id}`, text }];
    }),
  ];
}

/** How many sentences of a draft have which backing, and how many of each concern there are. */
export type Summary = {
  readonly sentences: number;
  readonly backings: Readonly<Record<Backing, number>>;
  readonly concerns: Readonly<Record<Concern, number>>;
};

/** Counts what was judged. */
export function summarise(judged: readonly Judged[]): Summary {
  const count = <K extends string>(keys: readonly K[], has: (one: Judged, key: K) => boolean) =>
    Object.fromEntries(keys.map((key) => [key, judged.filter((one) => has(one, key)).length])) as Record<
      K,
      number
    >;
  return {
    sentences: judged.length,
    backings: count(BACKINGS, ({ backing }, key) => backing === key),
    concerns: count(CONCERNS, ({ concerns }, key) => concerns.includes(key)),
  };
}
