import { and, asc, eq, gt, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Grant } from '../lib/access/grant';
import type { Comment, Thread } from '../lib/threads/thread';
import { claimsVisibleTo, openTo, type Viewer, visibleTo } from './access';
import type { Db } from './client';
import { codesIn } from './merged-codes';
import { annotations } from './schema/annotations';
import { makerOf } from './schema/brought-in';
import { claims } from './schema/claims';
import { codes } from './schema/codebook';
import { guests } from './schema/guests';
import { notes } from './schema/notes';
import { users } from './schema/people';
import { sources } from './schema/sources';
import { commentReactions, comments, threads } from './schema/threads';

const assignees = alias(users, 'assignees');
/** The order of making, by which signs are listed under a comment. */
const inTurn = [asc(commentReactions.created), asc(commentReactions.userId)] as const;

export type ThreadFilter = {
  readonly id?: string;
  readonly ids?: readonly string[];
  /** The id of a comment in it. */
  readonly comment?: string;
  readonly source?: string;
  readonly annotation?: string;
  /** On one of these marks. */
  readonly annotations?: readonly string[];
  readonly claim?: string;
  readonly code?: string;
  readonly note?: string;
  /** A guest who wrote in it. */
  readonly guest?: string;
};

/** Starts a thread; returns false when the id exists already. */
export async function insertThread(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  thread: Pick<Thread, 'id' | 'annotationId' | 'claimId' | 'codeId' | 'noteId' | 'sourceId' | 'passage'>,
): Promise<boolean> {
  const rows = await db
    .insert(threads)
    .values({ ...thread, projectId })
    .onConflictDoNothing()
    .returning({ id: threads.id });
  return rows.length > 0;
}

/** Adds a comment of the Grant's actor to a thread; returns false when the id exists already. */
export async function insertComment(
  db: Db,
  grant: Grant,
  comment: { id: string; threadId: string; text: string; mentions: readonly string[]; created?: Date },
): Promise<boolean> {
  const rows = await db
    .insert(comments)
    .values({
      ...comment,
      mentions: [...comment.mentions],
      projectId: grant.projectId,
      creatorId: grant.actor.userId,
    })
    .onConflictDoNothing()
    .returning({ id: comments.id });
  return rows.length > 0;
}

/** What a thread is about is hidden or not; what is said about it goes with it. */
function threadsVisibleTo(grant: Viewer): SQL | undefined {
  return and(
    eq(threads.projectId, grant.projectId),
    or(isNull(threads.annotationId), visibleTo(grant)),
    or(isNull(threads.claimId), claimsVisibleTo(grant)),
    sql`(${openTo(grant, threads.sourceId)} and ${openTo(grant, notes.sourceId)})`,
  );
}

/** What is said about something deleted is as gone as that is; a merged code stands in another. */
const standing = and(
  isNull(annotations.deleted),
  isNull(claims.deleted),
  or(isNull(codes.deleted), sql`gloss_standing_code(${codes.id}) is not null`),
  isNull(notes.deleted),
  isNull(sources.deleted),
);

/** What was deleted word for word is listed no more. */
const hasWords = sql`exists (select from ${comments} c where c.thread_id = ${threads.id} and c.deleted is null)`;

/**
 * Threads on what the Grant's holder may see and what is still there; by what they are about or stand beside, or a page of
 * all. By its id, or a comment's, one is found even when all that was said in it was deleted.
 */
export async function selectThreads(
  db: Db,
  grant: Viewer,
  filter: ThreadFilter,
  page: { limit: number; cursor?: string },
): Promise<Thread[]> {
  const is = (column: SQL | Parameters<typeof eq>[0], value: string | undefined) =>
    value === undefined ? undefined : eq(column as Parameters<typeof eq>[0], value);
  const rows = await db
    .select({
      thread: threads,
      targetCreatorId: sql<string | null>`coalesce(${annotations.creatorId}, ${claims.creatorId})`,
      resolverName: users.name,
      assigneeName: assignees.name,
    })
    .from(threads)
    .leftJoin(annotations, eq(annotations.id, threads.annotationId))
    .leftJoin(claims, eq(claims.id, threads.claimId))
    .leftJoin(codes, eq(codes.id, threads.codeId))
    .leftJoin(notes, eq(notes.id, threads.noteId))
    .leftJoin(sources, eq(sources.id, threads.sourceId))
    .leftJoin(users, eq(users.id, threads.resolvedBy))
    .leftJoin(assignees, eq(assignees.id, threads.assigneeId))
    .where(
      and(
        threadsVisibleTo(grant),
        standing,
        (filter.id ?? filter.ids ?? filter.comment) === undefined ? hasWords : undefined,
        is(threads.id, filter.id),
        filter.ids && inArray(threads.id, [...filter.ids]),
        filter.comment === undefined
          ? undefined
          : sql`${threads.id} = (select c.thread_id from ${comments} c where c.id = ${filter.comment})`,
        is(threads.sourceId, filter.source),
        is(threads.annotationId, filter.annotation),
        filter.annotations && inArray(threads.annotationId, [...filter.annotations]),
        is(threads.claimId, filter.claim),
        filter.code === undefined ? undefined : inArray(threads.codeId, codesIn(grant, filter.code)),
        is(threads.noteId, filter.note),
        filter.guest === undefined
          ? undefined
          : sql`exists (select from ${comments} c where c.thread_id = ${threads.id} and c.guest_id = ${filter.guest})`,
        page.cursor ? gt(threads.id, page.cursor) : undefined,
      ),
    )
    .orderBy(asc(threads.id))
    .limit(page.limit);
  const said = Map.groupBy(
    await selectComments(
      db,
      grant,
      rows.map((row) => row.thread.id),
    ),
    ({ threadId }) => threadId,
  );
  return rows.map(({ thread, targetCreatorId, resolverName, assigneeName }) => {
    const { assigneeId, resolved, resolvedBy, created, ...rest } = thread;
    return {
      ...rest,
      targetCreatorId,
      created: created.toISOString(),
      resolved:
        resolved && resolvedBy
          ? { at: resolved.toISOString(), by: { id: resolvedBy, name: resolverName ?? '' } }
          : null,
      assignee: assigneeId === null ? null : { id: assigneeId, name: assigneeName ?? '' },
      comments: said.get(thread.id) ?? [],
    };
  });
}

async function selectComments(db: Db, grant: Viewer, threadIds: readonly string[]): Promise<Comment[]> {
  if (threadIds.length === 0) return [];
  const rows = await db
    .select({ comment: comments, name: sql<string>`coalesce(${guests.name}, ${makerOf(comments.id)})` })
    .from(comments)
    .leftJoin(users, eq(users.id, comments.creatorId))
    .leftJoin(guests, eq(guests.id, comments.guestId))
    .where(and(eq(comments.projectId, grant.projectId), inArray(comments.threadId, [...threadIds])))
    .orderBy(asc(comments.created), asc(comments.id));
  const named = await selectNames(db, [...new Set(rows.flatMap(({ comment }) => comment.mentions))]);
  const signed = await selectReactions(
    db,
    grant,
    rows.map(({ comment }) => comment.id),
  );
  return rows.map(({ comment, name }) => ({
    id: comment.id,
    threadId: comment.threadId,
    creator: { id: (comment.creatorId ?? comment.guestId) as string, name },
    guest: comment.guestId === null ? null : { verdict: comment.verdict },
    text: comment.deleted === null ? comment.text : '',
    created: comment.created.toISOString(),
    edited: comment.edited?.toISOString() ?? null,
    deleted: comment.deleted?.toISOString() ?? null,
    revision: comment.revision,
    mentions:
      comment.deleted === null ? comment.mentions.map((id) => ({ id, name: named.get(id) ?? '' })) : [],
    reactions: comment.deleted === null ? (signed.get(comment.id) ?? []) : [],
  }));
}

async function selectNames(db: Db, ids: string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, ids));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function selectReactions(
  db: Db,
  grant: Viewer,
  commentIds: string[],
): Promise<ReadonlyMap<string, Comment['reactions']>> {
  if (commentIds.length === 0) return new Map();
  const rows = await db
    .select({ reaction: commentReactions, name: users.name })
    .from(commentReactions)
    .innerJoin(users, eq(users.id, commentReactions.userId))
    .where(
      and(eq(commentReactions.projectId, grant.projectId), inArray(commentReactions.commentId, commentIds)),
    )
    .orderBy(...inTurn);
  const found = new Map<string, Comment['reactions']>();
  for (const [commentId, of] of Map.groupBy(rows, ({ reaction }) => reaction.commentId)) {
    const signs = Map.groupBy(of, ({ reaction }) => reaction.sign);
    const listed = [...signs].map(([sign, by]) => ({
      sign,
      people: by.map(({ reaction, name }) => ({ id: reaction.userId, name })),
    }));
    found.set(commentId, listed);
  }
  return found;
}

/** Resolves or reopens a thread, or assigns it; what is not named stays. */
export async function updateThreadRow(
  db: Db,
  grant: Viewer,
  id: string,
  change: { resolved?: boolean; assigneeId?: string | null },
): Promise<void> {
  const { resolved, assigneeId } = change;
  await db
    .update(threads)
    .set({
      revision: sql`${threads.revision} + 1`,
      ...(resolved === undefined
        ? {}
        : resolved
          ? { resolved: sql`now()`, resolvedBy: grant.actor.userId }
          : { resolved: null, resolvedBy: null }),
      ...(assigneeId === undefined ? {} : { assigneeId }),
    })
    .where(and(eq(threads.projectId, grant.projectId), eq(threads.id, id)));
}

/** Changes the words of a comment, deletes it or brings it back; what is not named stays. */
export async function updateCommentRow(
  db: Db,
  grant: Grant,
  id: string,
  change: { text?: string; mentions?: readonly string[]; deleted?: boolean },
): Promise<void> {
  const { text, mentions = [], deleted } = change;
  await db
    .update(comments)
    .set({
      revision: sql`${comments.revision} + 1`,
      ...(text === undefined ? {} : { text, mentions: [...mentions], edited: sql`now()` }),
      ...(deleted === undefined ? {} : { deleted: deleted ? sql`now()` : null }),
    })
    .where(and(eq(comments.projectId, grant.projectId), eq(comments.id, id)));
}

/** Adds or takes away a sign of the Grant's actor under a comment. Returns whether that changed anything. */
export async function setReaction(
  db: Db,
  grant: Grant,
  commentId: string,
  { sign, on }: { sign: Comment['reactions'][number]['sign']; on: boolean },
): Promise<boolean> {
  const { projectId, actor } = grant;
  const mine = { projectId, commentId, userId: actor.userId, sign };
  const rows = on
    ? await db
        .insert(commentReactions)
        .values(mine)
        .onConflictDoNothing()
        .returning({ sign: commentReactions.sign })
    : await db
        .delete(commentReactions)
        .where(
          and(
            eq(commentReactions.projectId, projectId),
            eq(commentReactions.commentId, commentId),
            eq(commentReactions.userId, actor.userId),
            eq(commentReactions.sign, sign),
          ),
        )
        .returning({ sign: commentReactions.sign });
  if (rows.length === 0) return false;
  await updateCommentRow(db, grant, commentId, {});
  return true;
}
