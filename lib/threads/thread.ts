import { z } from 'zod';
import { Person } from '../annotations/annotation';
import { GuestWord } from '../guests/verdict';
import { Id } from '../ids';
import { idsIn } from './mentions';
import { REACTIONS } from './reactions';

export const ReactionSign = z.enum(REACTIONS);
export type ReactionSign = z.infer<typeof ReactionSign>;

export const Comment = z.object({
  id: Id,
  threadId: Id,
  creator: Person,
  /** Set where a guest wrote it: `creator` is then the guest, by the name they were given. */
  guest: GuestWord.nullable().default(null),
  /** A mention stands in it as `@[id]`; `mentions` says who that is. Empty once it was deleted. */
  text: z.string(),
  created: z.iso.datetime(),
  /** When its words were last changed. */
  edited: z.iso.datetime().nullable().default(null),
  deleted: z.iso.datetime().nullable().default(null),
  /** Counts the changes of the comment, reactions included. */
  revision: z.int().min(1).default(1),
  mentions: z.array(Person).default([]),
  /** Who reacted with what, each once; signs in the order they first came. */
  reactions: z.array(z.object({ sign: ReactionSign, people: z.array(Person) })).default([]),
});
export type Comment = z.infer<typeof Comment>;

/**
 * A discussion of an annotation, a claim, a code, a note or a passage of one, or a source: the first of these ids that is set.
 * `sourceId` says beside which source it stands, `null` for what stands beside none. What an older log tells has the first alone.
 */
export const Thread = z.object({
  id: Id,
  projectId: Id,
  annotationId: Id.nullable().default(null),
  claimId: Id.nullable().default(null),
  codeId: Id.nullable().default(null),
  noteId: Id.nullable().default(null),
  sourceId: Id.nullable().default(null),
  /** Who made the annotation or claim: whoever may not see that may not see this. */
  targetCreatorId: Id.nullable().default(null),
  /** Of a passage in a note: its words when the thread began. */
  passage: z.string().nullable().default(null),
  created: z.iso.datetime(),
  /** Counts the changes of what is the thread's own; its comments count theirs. */
  revision: z.int().min(1).default(1),
  resolved: z.object({ at: z.iso.datetime(), by: Person }).nullable(),
  assignee: Person.nullable().default(null),
  comments: z.array(Comment),
});
export type Thread = z.infer<typeof Thread>;

export const THREAD_DEEDS = ['resolved', 'reopened', 'assigned', 'unassigned'] as const;

const TARGETS = ['annotationId', 'claimId', 'codeId', 'noteId', 'sourceId'] as const;
const text = z
  .string()
  .trim()
  .min(1, 'Write something first')
  .max(20_000)
  .refine((words) => idsIn(words).length <= 50, 'Mention at most 50 people in a comment');
/** A thread is about exactly one thing. `passage` belongs to `noteId`. */
export const NewThread = z
  .object({
    id: Id.optional(),
    annotationId: Id.nullish(),
    claimId: Id.nullish(),
    codeId: Id.nullish(),
    noteId: Id.nullish(),
    sourceId: Id.nullish(),
    passage: z.string().trim().max(2_000).nullish(),
    commentId: Id.optional(),
    text,
  })
  .refine((given) => TARGETS.filter((key) => given[key]).length === 1, {
    message: 'Name one thing that it is about: annotationId, claimId, codeId, noteId or sourceId',
  })
  .refine((given) => !given.passage || given.noteId, { message: 'Only a note has passages of this kind' });
export type NewThread = z.infer<typeof NewThread>;
export const NewComment = z.object({ id: Id.optional(), text });
export const CommentChange = z.object({ text });
export const Reaction = z.object({ sign: ReactionSign, on: z.boolean() });
/** `assignee` is a member's id, `null` for nobody. */
export const ThreadChange = z
  .object({ resolved: z.boolean(), assignee: Id.nullable() })
  .partial()
  .refine((given) => Object.keys(given).length > 0, { message: 'Say what to change' });
export type ThreadChange = z.infer<typeof ThreadChange>;
