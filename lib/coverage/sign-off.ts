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

/** The longest words of a mark that a sign-off keeps, in UTF-16 units. */
const LONGEST_WORDS = 1_000;

/**
 * A statement (its `text`) as it is signed off: with the words of each mark in it, so that other words under it are another
 * statement. `wordsOf` answers `null` for a mark that is gone. Who is quoted is left out: it may be a secret one day.
 */
export function signedText(text: string, wordsOf: (annotationId: string) => string | null): string {
  return text.replace(/\[annotation:([^\]\s]+)\]/g, (whole, id: string) => {
    const words = wordsOf(id);
    if (words === null) return whole;
    const plain = words.replace(/[[\]]/g, '').replace(/\s+/gu, ' ').trim().slice(0, LONGEST_WORDS);
    return `[annotation:${id} “${plain}”]`;
  });
}

/** A statement as it is told in a line: marks by their words, other things as dots. */
export function plainStatement(statement: string): string {
  return statement
    .replace(/\[annotation:[^\]\s]+ (“[^\]]*”)\]/g, '$1')
    .replace(/\[(?:annotation|claim|source|note|person):[^\]]*\]/g, '…')
    .trim();
}
