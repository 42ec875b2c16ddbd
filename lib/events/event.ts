import { z } from 'zod';
import { Annotation, Person } from '../annotations/annotation';
import { Code } from '../codebook/code';
import { Id } from '../ids';
import { Invitation, Member } from '../members/member';
import { Note } from '../notes/note';
import { NoteVersion } from '../notes/version';
import { Source } from '../sources/source';
import { Thread } from '../threads/thread';

const what = <T extends string, S extends z.ZodType>(type: T, subject: S) =>
  z.object({ type: z.literal(type), subject });

/** Everything that can happen in a project; the subject is the thing as it stood right afterwards. */
export const Happening = z.discriminatedUnion('type', [
  what('project.created', z.object({ id: Id, name: z.string() })),
  what('project.updated', z.object({ id: Id, name: z.string() })),
  what('project.deleted', z.object({ id: Id, name: z.string() })),
  what('member.added', Member),
  what('member.updated', Member),
  what('member.removed', Member),
  what('invitation.created', Invitation.omit({ url: true })),
  what('invitation.revoked', Invitation.omit({ url: true })),
  what('source.created', Source),
  what('source.updated', Source),
  what('source.deleted', Source),
  what('annotation.created', Annotation),
  what('annotation.updated', Annotation),
  what('annotation.deleted', Annotation),
  what('annotation.restored', Annotation),
  what('code.created', Code),
  what('code.updated', Code),
  what('code.deleted', Code),
  what('thread.created', Thread),
  what('thread.updated', Thread),
  what('comment.created', Thread),
  what('note.created', Note),
  what('note.updated', Note),
  what('note.deleted', Note),
  /** The note's text came to rest; `annotationIds` are the quote chips it now holds, `authors` who wrote. */
  what('note.edited', Note.extend({ annotationIds: z.array(Id), authors: z.array(Person).optional() })),
  what('note.version-created', NoteVersion),
  what('note.version-updated', NoteVersion),
]);
export type Happening = z.infer<typeof Happening>;
export type EventType = Happening['type'];

/** One thing that happened, in order. `id` grows in commit order within a project: nothing is missed after it. */
export const Event = z.object({
  id: z.int().positive(),
  projectId: Id,
  at: z.iso.datetime(),
  actor: z.object({ id: Id.nullable(), name: z.string() }),
  happening: Happening,
});
export type Event = z.infer<typeof Event>;
