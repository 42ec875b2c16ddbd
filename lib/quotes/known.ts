import type { Annotation } from '../annotations/annotation';
import { exactOf, spanOf } from '../annotations/span';
import { ENGLISH } from './english';
import { findQuotes } from './find-quotes';
import { FRENCH } from './french';
import type { Known, Proposal, Span } from './proposal';

/** A quote as far as one can learn from it. */
export type Accepted = Pick<
  Annotation,
  'sourceId' | 'version' | 'selector' | 'quote' | 'deleted' | 'motivation' | 'modified'
>;

/** The text that is read now. */
export type Here = {
  readonly sourceId: string;
  readonly version: number;
  readonly text: string;
  readonly language: string | null;
};

/** Quotes of other sources that are read again, the newest. */
const MOST = 300;

/**
 * What the quotes of a project teach: everybody who was stored as a speaker, and for each name the rules give by
 * themselves whom people stored instead. In the text at hand that holds for descriptions too ("the report"); quotes of
 * other sources are read in the words around them that they keep, and teach names only. The last correction counts.
 * `proposals` are those of the text without anything known, found anew where they are not given.
 */
export function knownFrom(
  here: Here,
  quotes: Iterable<Accepted>,
  proposals: readonly Proposal[] = findQuotes(here.text, { language: here.language }),
): Known {
  const speakers = new Set<string>();
  const aliases = new Map<string, string>();
  const accepted = [...quotes]
    .filter(
      ({ deleted, motivation, quote }) =>
        deleted === null && motivation === 'quoting' && Boolean(quote?.speaker),
    )
    .sort((a, b) => (a.modified < b.modified ? -1 : 1));
  for (const { quote } of accepted) speakers.add(quote?.speaker ?? '');
  if (accepted.length === 0) return {};
  const isHere = ({ sourceId, version }: Accepted) => sourceId === here.sourceId && version === here.version;
  for (const each of accepted.filter((one) => !isHere(one)).slice(-MOST)) {
    const { prefix, suffix } = each.selector[1];
    const exact = exactOf(each);
    const span = { start: prefix.length, end: prefix.length + exact.length };
    const proposed = overlapping(findQuotes(`${prefix}${exact}${suffix}`), span)?.speaker ?? '';
    if (/^\p{Lu}/u.test(proposed)) learn(aliases, proposed, each);
  }
  for (const each of accepted.filter(isHere))
    learn(aliases, overlapping(proposals, spanOf(each))?.speaker ?? '', each);
  return { speakers: [...speakers], aliases };
}

/** The first proposal that has a character in common with a span. */
export function overlapping(proposals: readonly Proposal[], { start, end }: Span): Proposal | undefined {
  return proposals.find(({ span }) => span.start < end && span.end > start);
}

function learn(aliases: Map<string, string>, proposed: string, { quote }: Accepted): void {
  const key = proposed.toLowerCase();
  const stored = quote?.speaker ?? '';
  if (key === '' || ENGLISH.pronouns.has(key) || FRENCH.pronouns.has(key)) return;
  // What was right as it stood takes back what was learnt before.
  if (stored === proposed) aliases.delete(key);
  else aliases.set(key, stored);
}
