import { z } from 'zod';
import { Id } from '../ids';

/** A document co-edited live; `sourceId` is set for the note that stands beside a source. */
export const Note = z.object({
  id: Id,
  projectId: Id,
  sourceId: Id.nullable(),
  title: z.string(),
  created: z.iso.datetime(),
  modified: z.iso.datetime(),
  revision: z.int().min(1),
  deleted: z.iso.datetime().nullable(),
  /** The first words of the note, for lists. */
  excerpt: z.string(),
});
export type Note = z.infer<typeof Note>;

export const NewNote = z.object({
  id: Id.optional(),
  title: z.string().trim().min(1).max(200),
  sourceId: Id.nullish(),
});
export const NoteChange = z.object({ title: z.string().trim().min(1).max(200) });
