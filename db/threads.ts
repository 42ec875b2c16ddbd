import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { Comment, Thread } from '../lib/threads/thread';
import { visibleTo } from './access';
import type { Db } from './client';
import { annotations } from './schema/annotations';
import { users } from './schema/people';
import { comments, threads } from './schema/threads';

/** Starts a thread on an annotation; returns false when the id exists already. */
export async function insertThread(
  db: Db,
  grant: Grant,
  thread: { id: string; annotationId: string },
): Promise<boolean> {
  const rows = await db
    .insert(threads)
    .values({ ...thread, projectId: grant.projectId })
    .onConflictDoNothing()
    .returning({ id: threads.id });
  return rows.length > 0;
}

/** Adds a comment of the Grant's actor to a thread; returns false when the id exists already. */
export async function insertComment(
  db: Db,
  grant: Grant,
  comment: { id: string; threadId: string; text: string },
): Promise<boolean> {
  const rows = await db
    .insert(comments)
    .values({ ...comment, projectId: grant.projectId, creatorId: grant.actor.userId })
    .onConflictDoNothing()
    .returning({ id: comments.id });
  return rows.length > 0;
}

/** Threads of the project on visible annotations; by source, by annotation, by id, or a page of all. */
export async function selectThreads(
  db: Db,
  grant: Grant,
  filter: { source?: string; annotation?: string; id?: string },
  page: { limit: number; cursor?: string },
): Promise<Thread[]> {
  const rows = await db
    .select({ thread: threads, sourceId: annotations.sourceId, resolverName: users.name })
    .from(threads)
    .innerJoin(annotations, eq(annotations.id, threads.annotationId))
    .leftJoin(users, eq(users.id, threads.resolvedBy))
    .where(
      and(
        eq(threads.projectId, grant.projectId),
        visibleTo(grant),
        filter.id ? eq(threads.id, filter.id) : isNull(annotations.deleted),
        filter.source ? eq(annotations.sourceId, filter.source) : undefined,
        filter.annotation ? eq(threads.annotationId, filter.annotation) : undefined,
        page.cursor ? gt(threads.id, page.cursor) : undefined,
      ),
    )
    .orderBy(asc(threads.id))
    .limit(page.limit);
  const said = await selectComments(
    db,
    grant,
    rows.map((row) => row.thread.id),
  );
  return rows.map(({ thread, sourceId, resolverName }) => ({
    id: thread.id,
    projectId: thread.projectId,
    annotationId: thread.annotationId,
    sourceId,
    created: thread.created.toISOString(),
    resolved:
      thread.resolved && thread.resolvedBy
        ? { at: thread.resolved.toISOString(), by: { id: thread.resolvedBy, name: resolverName ?? '' } }
        : null,
    comments: said.filter((comment) => comment.threadId === thread.id),
  }));
}

async function selectComments(db: Db, grant: Grant, threadIds: readonly string[]): Promise<Comment[]> {
  if (threadIds.length === 0) return [];
  const rows = await db
    .select({ comment: comments, name: users.name })
    .from(comments)
    .innerJoin(users, eq(users.id, comments.creatorId))
    .where(and(eq(comments.projectId, grant.projectId), inArray(comments.threadId, [...threadIds])))
    .orderBy(asc(comments.created), asc(comments.id));
  return rows.map(({ comment, name }) => ({
    id: comment.id,
    threadId: comment.threadId,
    creator: { id: comment.creatorId, name },
    text: comment.text,
    created: comment.created.toISOString(),
  }));
}

/** Resolves or reopens a thread. */
export async function updateThreadRow(db: Db, grant: Grant, id: string, resolved: boolean): Promise<void> {
  await db
    .update(threads)
    .set(
      resolved
        ? { resolved: sql`now()`, resolvedBy: grant.actor.userId }
        : { resolved: null, resolvedBy: null },
    )
    .where(and(eq(threads.projectId, grant.projectId), eq(threads.id, id)));
}
