import { and, asc, eq, isNull, or, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { Thread } from '../lib/threads/thread';
import { visibleTo } from './access';
import type { Db } from './client';
import { insertRows } from './insert-rows';
import { annotations } from './schema/annotations';
import { broughtIn } from './schema/brought-in';
import { guests } from './schema/guests';
import { users } from './schema/people';
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

/** What was said beside a source, deleted or not, by whom as they are called there. */
export type SaidHere = {
  readonly id: string;
  readonly threadId: string;
  readonly author: string;
  readonly text: string;
  readonly created: Date;
  readonly isEdited: boolean;
};

/** All that was said of a source and of its marks, as far as the Grant's holder may see these, in its order. */
export async function selectSaidOf(db: Db, grant: Grant, sourceId: string): Promise<SaidHere[]> {
  return db
    .select({
      id: comments.id,
      threadId: comments.threadId,
      author: sql<string>`coalesce(${guests.name}, ${broughtIn.author}, ${users.name}, '')`,
      text: comments.text,
      created: comments.created,
      isEdited: sql<boolean>`${comments.edited} is not null`,
    })
    .from(comments)
    .innerJoin(threads, eq(threads.id, comments.threadId))
    .leftJoin(annotations, eq(annotations.id, threads.annotationId))
    .leftJoin(broughtIn, eq(broughtIn.subjectId, comments.id))
    .leftJoin(users, eq(users.id, comments.creatorId))
    .leftJoin(guests, eq(guests.id, comments.guestId))
    .where(
      and(
        eq(threads.projectId, grant.projectId),
        eq(threads.sourceId, sourceId),
        isNull(threads.noteId),
        or(isNull(threads.annotationId), visibleTo(grant)),
      ),
    )
    .orderBy(asc(comments.created), asc(comments.id));
}
