import { z } from 'zod';
import { Person } from '../annotations/annotation';
import { Id } from '../ids';

/** UTF-16 units of a statement that can be signed off. */
export const LONGEST_STATEMENT = 20_000;

/** An editor's word that a sentence of a note is right as it stands: with other words or other marks it says nothing. */
export const NoteSignOff = z.object({
  id: Id,
  projectId: Id,
  noteId: Id,
  /** The sentence that was read, with the words of its marks, as `signedText` gives it. */
  statement: z.string(),
  by: Person,
  at: z.iso.datetime(),
});
export type NoteSignOff = z.infer<typeof NoteSignOff>;

export const NewNoteSignOff = z.object({
  id: Id.optional(),
  statement: z.string().trim().min(1, 'Say which sentence').max(LONGEST_STATEMENT),
});
