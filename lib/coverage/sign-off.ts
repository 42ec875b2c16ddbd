import { z } from 'zod';
import { Person } from '../annotations/annotation';
import { Id } from '../ids';

/** UTF-16 units of a statement that can be signed off. */
export const LONGEST_STATEMENT = 10_000;

/** An editor's word that a sentence of a note is right as it stands: with other words or other marks it says nothing. */
export const NoteSignOff = z.object({
  id: Id,
  projectId: Id,
  noteId: Id,
  /** The sentence that was read, as `statementsOf` gives its `text`. */
  statement: z.string(),
  by: Person,
  at: z.iso.datetime(),
});
export type NoteSignOff = z.infer<typeof NoteSignOff>;

export const NewNoteSignOff = z.object({
  id: Id.optional(),
  statement: z.string().trim().min(1, 'Say which sentence').max(LONGEST_STATEMENT),
});

/**
 * The sign-off of a sentence; null where there is none, or a mark behind it changed since: other words under it are other
 * grounds.
 */
export function standingSignOff(
  { text, annotationIds }: { readonly text: string; readonly annotationIds: readonly string[] },
  signOffs: ReadonlyMap<string, NoteSignOff>,
  modifiedOf: (annotationId: string) => string | null,
): NoteSignOff | null {
  const found = signOffs.get(text);
  if (found === undefined) return null;
  return annotationIds.every((id) => (modifiedOf(id) ?? '') <= found.at) ? found : null;
}

/** A statement as it is told in a line: the marks and things it names are dots. */
export function plainStatement(statement: string): string {
  return statement.replace(/\[(?:annotation|claim|source|note|person):[^\]]*\]/g, '…').trim();
}
