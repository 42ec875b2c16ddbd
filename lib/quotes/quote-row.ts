import { z } from 'zod';
import { Person } from '../annotations/annotation';
import { ATTRIBUTION_LEVELS } from '../annotations/attribution';
import { QuoteDetails } from '../annotations/quote';
import { Id } from '../ids';

/** One quote in the table of all: who said what, where it stands, and how we know. */
export const QuoteRow = z.object({
  /** Of the annotation. */
  id: Id,
  source: z.object({ id: Id, title: z.string() }),
  /** UTF-16 units in the canonical text of the source. */
  start: z.int().min(0),
  exact: z.string(),
  /** Whoever stands for the speaker by now, by the name they are shown by. */
  speaker: z.object({ id: Id, name: z.string(), isProtected: z.boolean() }).nullable(),
  quote: QuoteDetails,
  codeIds: z.array(Id),
  creator: Person,
  created: z.iso.datetime(),
});
export type QuoteRow = z.infer<typeof QuoteRow>;

export const QUOTE_SORTS = ['newest', 'oldest', 'speaker', 'source'] as const;

const filter = {
  /** Words in the passage, in what is said about it, or in the speaker's name. */
  q: z.string().trim().max(200).optional(),
  /** A speaker's id, or `none` for quotes that are given to nobody. */
  speaker: z.union([Id, z.literal('none')]).optional(),
  source: Id.optional(),
  level: z.enum([...ATTRIBUTION_LEVELS, 'none']).optional(),
  style: z.enum(['direct', 'indirect']).optional(),
  code: Id.optional(),
  /** `speaker`: by shown name, those of nobody last; `source`: in the order sources were brought in, then of the text. */
  sort: z.enum(QUOTE_SORTS).default('newest'),
};
export const QuoteFilter = z.object(filter);
export type QuoteFilter = z.output<typeof QuoteFilter>;

export const QuoteQuery = z.object({
  ...filter,
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** As the last page gave it, with the same sort. */
  cursor: z.string().max(1_000).optional(),
});
