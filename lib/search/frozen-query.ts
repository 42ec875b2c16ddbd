import { z } from 'zod';
import { Person } from '../annotations/annotation';
import { Id } from '../ids';
import { Found } from './found';

/** Most places that a frozen query keeps. */
export const MOST_FROZEN = 100;

/** What a search found when somebody froze it in a note: it says the same from then on. */
export const FrozenQuery = z.object({
  id: Id,
  projectId: Id,
  noteId: Id,
  q: z.string(),
  by: Person,
  at: z.iso.datetime(),
  /** The places, best first, of which there were `total` (null: more than 1,000). Those the reader may not see are left out. */
  items: z.array(Found),
  total: z.int().min(0).nullable(),
});
export type FrozenQuery = z.infer<typeof FrozenQuery>;

export const NewFrozenQuery = z.object({
  id: Id.optional(),
  q: z.string().trim().min(1, 'Say what to look for').max(1_000),
});
