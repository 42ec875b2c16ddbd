import { sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { Thread } from '../lib/threads/thread';
import type { Db } from './client';
import { insertRows } from './insert-rows';
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
  return insertRows(
    db,
    threads,
    given.map((thread) => ({ ...thread, projectId })),
  );
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
  return insertRows(
    db,
    comments,
    given.map((one) => ({ ...one, mentions: [...one.mentions], projectId, creatorId: actor.userId })),
  );
}

/** What becomes of a thread that was brought in: whether it is over, and whose it is. */
export type ThreadState = {
  readonly id: string;
  readonly isResolved: boolean;
  readonly assigneeId: string | null;
};

/** Says of new threads that they are over, by the Grant's actor, and whose they are. */
export async function setThreadStates(
  db: Db,
  { projectId, actor }: Grant,
  states: readonly ThreadState[],
): Promise<void> {
  if (states.length === 0) return;
  await db.execute(sql`
    update threads t set revision = t.revision + 1, assignee_id = s."assigneeId",
      resolved = case when s."isResolved" then now() end,
      resolved_by = case when s."isResolved" then ${actor.userId}::uuid end
    from jsonb_to_recordset(${JSON.stringify(states)}::jsonb) as s (id uuid, "isResolved" boolean, "assigneeId" uuid)
    where t.project_id = ${projectId} and t.id = s.id`);
}
