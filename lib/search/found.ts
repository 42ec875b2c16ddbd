import { z } from 'zod';
import { Person } from '../annotations/annotation';
import { Id } from '../ids';
import { KINDS } from './query';

const Place = { start: z.int().min(0), end: z.int().min(0) };

/** Something that was found, and where to go for it. */
export const Found = z.object({
  kind: z.enum(KINDS),
  /** Of the source, note, annotation, thread or comment, as `kind` says. */
  id: Id,
  sourceId: Id.nullable(),
  noteId: Id.nullable(),
  /** The mark itself, or the one that a thread or comment hangs on. */
  annotationId: Id.nullable(),
  threadId: Id.nullable(),
  /** What a thread or comment hangs on, where that is a claim or a code. */
  claimId: Id.nullable(),
  codeId: Id.nullable(),
  /** Of the source or note; of what a thread or comment is about, or the source it stands beside. */
  title: z.string(),
  /** At most 240 UTF-16 units around the first match, cut between words; `matches` are UTF-16 offsets in `text`. */
  excerpt: z.object({ text: z.string(), matches: z.array(z.object(Place)) }),
  by: Person.nullable(),
  created: z.iso.datetime(),
  /** Found only by words that are spelt much like those asked for. */
  fuzzy: z.boolean(),
});
export type Found = z.infer<typeof Found>;

/** A page of what was found, best first. */
export const SearchAnswer = z.object({
  items: z.array(Found),
  nextCursor: z.string().nullable(),
  /** Exact up to 1,000; null when there is more. */
  total: z.int().min(0).nullable(),
  /** Parts of the query that were taken for plain words or find nothing; UTF-16 offsets in `q`, and what to do. */
  problems: z.array(z.object({ ...Place, words: z.string() })),
});
export type SearchAnswer = z.infer<typeof SearchAnswer>;

export const SearchQuery = z.object({
  q: z.string().max(1_000).default(''),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  /** As the last page gave it. */
  cursor: z.string().max(500).optional(),
});
