import { z } from 'zod';
import { Person } from '../annotations/annotation';
import { Id } from '../ids';

/** `auto` was kept by itself, `named` is kept for ever, `restored` is the state right after an older one was brought back. */
export const VERSION_KINDS = ['auto', 'named', 'restored'] as const;
const VersionName = z.string().trim().min(1, 'Give it a name').max(120);

/** A state that a note was in. */
export const NoteVersion = z.object({
  id: Id,
  projectId: Id,
  noteId: Id,
  kind: z.enum(VERSION_KINDS),
  name: z.string().nullable(),
  /** When the note was as it is here; the newest automatic point moves on while the same people write on. */
  at: z.iso.datetime(),
  /** Who named it or brought it back; null for a point that was kept by itself. */
  creator: Person.nullable(),
  /** Who changed the note since the point before. */
  authors: z.array(Person),
  /** Of a restored state: when the state that was brought back had been. */
  restoredFrom: z.iso.datetime().nullable(),
});
export type NoteVersion = z.infer<typeof NoteVersion>;

/** A state with what it says, as a ProseMirror document of the note's schema, and who wrote what. */
export const NoteVersionContent = NoteVersion.extend({
  doc: z.looseObject({ type: z.literal('doc') }),
  /**
   * Who wrote each stretch, in the order of the document and without gaps. Lengths count UTF-16 units of text, and
   * one for each quote chip and line break. `userId` is null where nobody is known.
   */
  writing: z.array(z.object({ userId: Id.nullable(), length: z.int().min(1) })),
  /** The names behind `writing`. */
  people: z.array(Person),
});
export type NoteVersionContent = z.infer<typeof NoteVersionContent>;

/** Keeps the note as it is now, under a name. */
export const NewNoteVersion = z.object({ name: VersionName });
/** Null takes the name away: the point then goes with the others of its age. */
export const NoteVersionChange = z.object({ name: VersionName.nullable() });

/** What a restoration made: the state now, and the point that holds what was there before. */
export const NoteRestoration = z.object({ version: NoteVersion, before: NoteVersion });
export type NoteRestoration = z.infer<typeof NoteRestoration>;
