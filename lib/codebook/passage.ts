import { z } from 'zod';
import { Person } from '../annotations/annotation';
import { Id } from '../ids';

/** What a code meant from one change of its words to the next; never changed. */
export const CodeVersion = z.object({
  codeId: Id,
  version: z.int().min(1),
  name: z.string(),
  definition: z.string(),
  whenToUse: z.string(),
  whenNot: z.string(),
  at: z.iso.datetime(),
  /** Who said it; `null` where that is not known any more. */
  by: Person.nullable(),
});
export type CodeVersion = z.infer<typeof CodeVersion>;

/** A passage with a code, in its context: one line of a KWIC list. Its id is the annotation's. */
export const CodePassage = z.object({
  id: Id,
  sourceId: Id,
  sourceTitle: z.string(),
  creator: Person,
  created: z.iso.datetime(),
  /** What stands before, in, and after the passage, on one line each. */
  before: z.string(),
  exact: z.string(),
  after: z.string(),
  /** The words that the passage was coded under: of this code, or of one that was merged into it or split. */
  madeUnder: z.object({ codeId: Id, version: z.int().min(1) }),
  /** Whether those words are others than the code has now. */
  isOutdated: z.boolean(),
});
export type CodePassage = z.infer<typeof CodePassage>;

/** How many marks have a code: those of a person on a source, or all where both are `null`. */
export const CodeCount = z.object({
  codeId: Id,
  sourceId: Id.nullable(),
  creatorId: Id.nullable(),
  count: z.int().min(1),
  /** So many of them were coded under other words than the code has now. */
  outdated: z.int().min(0),
});
export type CodeCount = z.infer<typeof CodeCount>;
