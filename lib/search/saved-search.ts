import { z } from 'zod';
import { Person } from '../annotations/annotation';
import { Id } from '../ids';

/** A search somebody keeps under a name, for themselves or for everybody in the project. */
export const SavedSearch = z.object({
  id: Id,
  projectId: Id,
  name: z.string(),
  q: z.string(),
  creator: Person,
  shared: z.boolean(),
  created: z.iso.datetime(),
  modified: z.iso.datetime(),
  /** Counts the changes; the ETag. */
  revision: z.int().min(1),
  deleted: z.iso.datetime().nullable(),
});
export type SavedSearch = z.infer<typeof SavedSearch>;

const name = z.string().trim().min(1).max(120);
const q = z.string().trim().min(1).max(1_000);

export const NewSavedSearch = z.object({ id: Id.optional(), name, q, shared: z.boolean().default(false) });
export const SavedSearchChange = z.object({ name, q, shared: z.boolean() }).partial();
