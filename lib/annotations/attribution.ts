import type { ChainLink, QuoteDetails, StoredQuote } from './quote';

/** What the words came through on their way to the source that is read; `source` is some other text we hold. */
export const LINK_ROLES = ['speaker', 'document', 'outlet', 'source'] as const;

/** Links that a chain takes. */
export const MOST_LINKS = 8;

/** What may be published of what was said, and how; as the Associated Press uses the words. */
export const ATTRIBUTION_LEVELS = ['on-record', 'background', 'deep-background', 'off-record'] as const;

/** What is said of a quote before anything is. */
export const EMPTY_QUOTE: QuoteDetails = {
  speaker: '',
  speakerId: null,
  written: '',
  style: 'direct',
  hedged: false,
  hedges: [],
  chain: [],
  level: null,
};

/**
 * What is wrong with a chain of a quote in this source, in words for the person; `null` where nothing is. A chain ends in the
 * source that is read, so that one can't be a link of it; and nothing comes through the same thing twice.
 */
export function chainFault(chain: readonly ChainLink[], sourceId: string): string | null {
  if (chain.length > MOST_LINKS) return `A chain takes ${MOST_LINKS} links.`;
  const seen = new Set<string>();
  for (const [nth, link] of chain.entries()) {
    const which = `Link ${nth + 1} of the chain`;
    if (link.label === '' && link.sourceId === null && link.speakerId === null)
      return `${which} says nothing. Name what the words came through, or take the link away.`;
    if (link.sourceId !== null && link.speakerId !== null)
      return `${which} is a source and a speaker at once. Choose one of them.`;
    if (link.sourceId === sourceId)
      return `${which} is the source itself, in which every chain ends. Take it away.`;
    const key = link.sourceId ?? link.speakerId;
    if (key === null) continue;
    if (seen.has(key)) return `${which} stands in the chain already.`;
    seen.add(key);
  }
  return null;
}

/** Hedges as they are kept: each once, letter case ignored. */
export function eachHedge(hedges: readonly string[]): string[] {
  const seen = new Set<string>();
  return hedges.filter((hedge) => {
    const key = hedge.toLowerCase();
    return seen.has(key) ? false : seen.add(key);
  });
}

/** What goes into the row of a quote. */
export function storedQuote(quote: QuoteDetails): StoredQuote {
  const hedges = eachHedge(quote.hedges);
  const chain = quote.chain.map((link) => (link.speakerId === null ? link : { ...link, label: '' }));
  return { style: quote.style, hedged: quote.hedged || hedges.length > 0, hedges, chain, level: quote.level };
}
