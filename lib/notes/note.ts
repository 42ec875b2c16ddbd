import { z } from 'zod';
import { Id } from '../ids';

/**
 * The version of the note's document schema. A client with another one is told to reload (close code 4409):
 * ProseMirror deletes the nodes it does not know, for everybody.
 */
export const NOTE_SCHEMA_VERSION = 3;
/** The name of the Y.XmlFragment that holds the document. */
export const NOTE_FRAGMENT = 'default';

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
