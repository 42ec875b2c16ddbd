import type { Grant } from '../lib/access/grant';
import type { Thread } from '../lib/threads/thread';
import type { Db } from './client';
import { comments, threads } from './schema/threads';

export type NewThread = Pick<
  Thread,
  'id' | 'annotationId' | 'claimId' | 'codeId' | 'noteId' | 'sourceId' | 'passage'
>;

/** Starts threads, as `insertThread` does one. Answers the ids of those that were not there. */
export async function insertThreads(
  db: Db,
  { projectId }: Grant,
  given: readonly NewThread[],
): Promise<ReadonlySet<string>> {
  if (given.length === 0) return new Set();
  const rows = await db
    .insert(threads)
    .values(given.map((thread) => ({ ...thread, projectId })))
    .onConflictDoNothing()
    .returning({ id: threads.id });
  return new Set(rows.map(({ id }) => id));
}

export type NewComment = {
  readonly id: string;
  readonly threadId: string;
  readonly text: string;
  readonly mentions: readonly string[];
  readonly created: Date;
};

/** Adds comments of the Grant's actor, as `insertComment` does one. Answers the ids of those that were not there. */
export async function insertComments(
  db: Db,
  { projectId, actor }: Grant,
  given: readonly NewComment[],
): Promise<ReadonlySet<string>> {
  if (given.length === 0) return new Set();
  const rows = await db
    .insert(comments)
    .values(given.map((one) => ({ ...one, mentions: [...one.mentions], projectId, creatorId: actor.userId })))
    .onConflictDoNothing()
    .returning({ id: comments.id });
  return new Set(rows.map(({ id }) => id));
}
