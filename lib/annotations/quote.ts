import { z } from 'zod';
import { Id } from '../ids';
import { ATTRIBUTION_LEVELS, LINK_ROLES, MOST_LINKS } from './attribution';

/** What a link of a chain is. */
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

/** What may be published of what was said. */
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

/** What of a quote is in its own row: no name of anybody who has a record. */
export type StoredQuote = Pick<QuoteDetails, 'style' | 'hedged' | 'hedges' | 'chain' | 'level'>;
