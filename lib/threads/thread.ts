import { z } from 'zod';
import { Person } from '../annotations/annotation';
import { Id } from '../ids';

export const Comment = z.object({
  id: Id,
  threadId: Id,
  creator: Person,
  text: z.string(),
  created: z.iso.datetime(),
});
export type Comment = z.infer<typeof Comment>;

/** The discussion of one annotation. */
export const Thread = z.object({
  id: Id,
  projectId: Id,
  annotationId: Id,
  sourceId: Id,
  created: z.iso.datetime(),
  resolved: z.object({ at: z.iso.datetime(), by: Person }).nullable(),
  comments: z.array(Comment),
});
export type Thread = z.infer<typeof Thread>;

const text = z.string().trim().min(1).max(20_000);
export const NewThread = z.object({ id: Id.optional(), annotationId: Id, commentId: Id.optional(), text });
export const NewComment = z.object({ id: Id.optional(), text });
export const ThreadChange = z.object({ resolved: z.boolean() });
