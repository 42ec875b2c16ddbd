import { wholeCharacter } from '../anchoring/graphemes';
import { type Attribution, attributionOf, isInscription, isTerm, isTitle, SCORES } from './attribution';
import { blockQuotes } from './block-quotes';
import { chainOf, hedgeOf } from './chain';
import { itemsOf } from './items';
import { joinSplits } from './join';
import { languageFor } from './language';
import { quotedIn } from './marks';
import { Names } from './names';
import { type Known, type Proposal, type Span, THRESHOLD } from './proposal';
import { type Reading, written } from './reading';
import { reasonFor } from './reasons';
import { Speakers } from './speakers';
import { withKnown } from './with-known';

export type FindOptions = {
  readonly known?: Known;
  /** The language of the text, a BCP 47 tag; told by its words where it is not given. */
  readonly language?: string | null;
  /** Proposals below it are left out; `THRESHOLD` where it is not given. */
  readonly threshold?: number;
  /** Counts what is looked at. */
  readonly meter?: { steps: number };
};

/** A quotation at its item, with what was found out about it. */
export type Found = {
  readonly at: number;
  readonly attribution: Attribution | null;
  readonly refused: string | null;
};

/**
 * Proposes every direct quotation of a text with its likely speaker, in order. Spans are UTF-16 units of the text and
 * never split a character. Pure, and linear in the length of the text.
 */
export function findQuotes(text: string, options: FindOptions = {}): Proposal[] {
  const steps = quoteSteps(text, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** As `findQuotes`, resting after every few quotations, so that a page can do something else between. */
export function* quoteSteps(text: string, options: FindOptions = {}): Generator<void, Proposal[]> {
  const meter = options.meter ?? { steps: 0 };
  const language = languageFor(options.language, text);
  const quotes = quotedIn(text);
  meter.steps += text.length / 8;
  yield;
  const items = itemsOf(text, quotes, language);
  const reading: Reading = { text, quotes, items, language, meter };
  yield;
  const names = new Names(reading);
  yield;
  const speakers = new Speakers(reading, names);
  yield;
  const found: Found[] = [];
  for (let at = 0; at < items.length; at += 1) {
    if (items[at]?.kind !== 'quote') continue;
    found.push(lookAt(reading, names, speakers, at));
    if (found.length % 16 === 0) yield;
  }
  const proposals: Proposal[] = [];
  for (const group of joinSplits(reading, found)) {
    proposals.push(proposalFrom(reading, names, speakers, group));
    if (proposals.length % 16 === 0) yield;
  }
  for (const block of blockQuotes(reading, names, speakers)) proposals.push(block);
  const threshold = options.threshold ?? THRESHOLD;
  const kept = proposals
    .filter(({ score }) => score >= threshold)
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return withKnown(kept, options.known ?? {});
}

function lookAt(reading: Reading, names: Names, speakers: Speakers, at: number): Found {
  const found = attributionOf(reading, names, speakers, at);
  if (found === null) return { at, attribution: null, refused: 'nobody is said to have said it' };
  if ('refused' in found) return { at, attribution: null, refused: found.refused };
  if (found.rule !== 'after' && isTerm(reading, at))
    return { at, attribution: null, refused: 'a term before a noun' };
  if (!['after', 'headline'].includes(found.rule) && isTitle(reading, at))
    return { at, attribution: null, refused: 'a title' };
  if (isInscription(reading, found.subject))
    return { at, attribution: null, refused: 'words that stand on a thing' };
  return { at, attribution: found, refused: null };
}

function proposalFrom(reading: Reading, names: Names, speakers: Speakers, group: readonly Found[]): Proposal {
  const { text, items, quotes } = reading;
  const spans = group
    .flatMap(({ at }) => quotes[items[at]?.quote ?? -1]?.pieces ?? [])
    .map((span) => whole(text, span));
  const span = { start: spans[0]?.start ?? 0, end: spans.at(-1)?.end ?? 0 };
  const first = group[0] as Found;
  const { attribution } = first;
  if (attribution === null)
    return {
      spans,
      span,
      speaker: '',
      written: '',
      verb: null,
      style: 'direct',
      hedged: false,
      hedge: null,
      chain: [],
      reason: `Not taken for a quotation: ${first.refused}.`,
      score: 0.1,
    };
  const resolved = speakers.resolve(attribution.subject);
  const hedge = hedgeOf(reading, first.at, attribution.verb);
  const verb = attribution.verb === -1 ? null : written(reading, attribution.verb, attribution.verb);
  const chain = chainOf(reading, names, first.at, attribution);
  return {
    spans,
    span,
    speaker: resolved.name,
    written: resolved.name,
    verb,
    style: 'direct',
    hedged: hedge !== null,
    hedge,
    chain,
    reason: reasonFor({ attribution, resolved, verb, hedge, pieces: group.length }),
    score: Math.max(0, Math.min(1, SCORES[attribution.rule] + resolved.weight)),
  };
}

/** A span moved outwards to whole characters. */
export function whole(text: string, { start, end }: Span): Span {
  return { start: wholeCharacter(text, start, -1), end: wholeCharacter(text, end, 1) };
}
