import { z } from 'zod';
import { Id } from '../ids';

/** What the words came through on their way to the source that is read; `source` is some other text we hold. */
export const LINK_ROLES = ['speaker', 'document', 'outlet', 'source'] as const;
export const LinkRole = z.enum(LINK_ROLES);
export type LinkRole = z.infer<typeof LinkRole>;

/** One link of an attribution chain; the one nearest to whoever spoke comes first. */
export const ChainLink = z.object({
  role: LinkRole,
  /** As it is called in the text. Of a link to a speaker it is that speaker's shown name, whatever was sent. */
  label: z.string().trim().max(300).default(''),
  /** A source of this project that the link is. */
  sourceId: Id.nullable().default(null),
  /** A speaker of this project that the link is. */
  speakerId: Id.nullable().default(null),
});
export type ChainLink = z.infer<typeof ChainLink>;

/** Links that a chain takes. */
export const MOST_LINKS = 8;

/** What may be published of what was said, and how; as the Associated Press uses the words. */
export const ATTRIBUTION_LEVELS = ['on-record', 'background', 'deep-background', 'off-record'] as const;
export const AttributionLevel = z.enum(ATTRIBUTION_LEVELS);
export type AttributionLevel = z.infer<typeof AttributionLevel>;

/** Who said the passage, how it is given, and how it came to us. */
export const QuoteDetails = z.object({
  /**
   * The speaker's shown name. A name that is sent without `speakerId` is looked up among the project's speakers, by name and
   * alias, and makes a new one where nobody is called so.
   */
  speaker: z.string().trim().max(200).default(''),
  speakerId: Id.nullable().default(null),
  /** The name as the source has it, where it was told; a name that is not the speaker's own becomes an alias of theirs. */
  written: z.string().trim().max(200).default(''),
  style: z.enum(['direct', 'indirect']).default('direct'),
  /** Whether the source itself only reports it; so it is as soon as there are hedges. */
  hedged: z.boolean().default(false),
  /** The words that hedge it, as they are written ("reportedly"). */
  hedges: z.array(z.string().trim().min(1).max(80)).max(8).default([]),
  chain: z.array(ChainLink).max(MOST_LINKS).default([]),
  /** `null` where nobody said. */
  level: AttributionLevel.nullable().default(null),
});
export type QuoteDetails = z.infer<typeof QuoteDetails>;

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

/** What of a quote is in its own row: no name of anybody who has a record. */
export type StoredQuote = Pick<QuoteDetails, 'style' | 'hedged' | 'hedges' | 'chain' | 'level'>;

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
