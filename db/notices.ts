import { and, asc, desc, eq, inArray, isNull, lt, not, sql } from 'drizzle-orm';
import type { Actor } from '../lib/access/actor';
import type { Grant } from '../lib/access/grant';
import type { Role } from '../lib/access/roles';
import type { NoticeKind, TouchedAnnotation } from '../lib/notices/notice';
import {
  claimOpenTo,
  claimsVisibleTo,
  lacksFactor,
  notesVisibleTo,
  openTo,
  type Reader,
  visibleTo,
} from './access';
import type { Db, Transaction } from './client';
import { annotations } from './schema/annotations';
import { claims } from './schema/claims';
import { decisions } from './schema/decisions';
import { followUps } from './schema/follow-ups';
import { notes } from './schema/notes';
import { notices } from './schema/notices';
import { users } from './schema/people';
import { projectMembers, projects } from './schema/projects';
import { sources } from './schema/sources';
import { annotationTargets } from './schema/targets';
import { comments } from './schema/threads';

/**
 * Whom an annotation concerns: a member who made it (`noteId` and `claimId` null), who wrote in a note that holds it as a
 * chip, or whose claim rests on it.
 */
export type Concern = {
  readonly userId: string;
  readonly role: Role;
  readonly annotationId: string;
  readonly creatorId: string;
  /** Who alone may see the mark; `null`: everybody. */
  readonly seenBy: readonly string[] | null;
  readonly noteId: string | null;
  readonly claimId: string | null;
};

/**
 * The members of a project whom these annotations concern, seen by them or not; deleted annotations and notes concern
 * nobody. The note beside a source, which comes with it, is theirs who wrote in it, not theirs who brought the source in.
 */
export async function selectConcerns(
  tx: Transaction,
  { projectId }: Pick<Grant, 'projectId'>,
  annotationIds: readonly string[],
): Promise<Concern[]> {
  const { rows } = await tx.execute<Concern>(sql`
    with marks as (
      select id, creator_id, gloss_seen_by(seen_by, source_id, closed) as seen_by from annotations
      where project_id = ${projectId} and deleted is null and id = any(${sql.param([...annotationIds])}::uuid[])
    ), writers as (
      select n.id as note_id, writer.id as user_id from notes n
      cross join lateral (
        select unnest(v.author_ids) as id from note_versions v where v.note_id = n.id
        union select n.created_by where n.source_id is null
      ) as writer
      where n.project_id = ${projectId} and n.deleted is null
        and n.id in (select c.note_id from note_chips c join marks on marks.id = c.annotation_id)
    ), concerns as (
      select creator_id as user_id, id, creator_id, seen_by, null::uuid as note_id from marks
      union all
      select w.user_id, marks.id, marks.creator_id, marks.seen_by, w.note_id
      from marks join note_chips c on c.annotation_id = marks.id join writers w on w.note_id = c.note_id
    )
    select c.user_id as "userId", m.role, c.id as "annotationId", c.creator_id as "creatorId", c.seen_by as "seenBy",
      c.note_id as "noteId", null as "claimId"
    from concerns c join project_members m on m.project_id = ${projectId} and m.user_id = c.user_id
    order by c.id, c.note_id nulls first`);
  return rows;
}

/** The members of a project who made or own one of these claims, with those of these annotations that it rests on. */
export async function selectClaimConcerns(
  tx: Transaction,
  { projectId }: Pick<Grant, 'projectId'>,
  claimIds: readonly string[],
  annotationIds: readonly string[],
): Promise<Concern[]> {
  const { rows } = await tx.execute<Concern>(sql`
    select m.user_id as "userId", m.role, a.id as "annotationId", a.creator_id as "creatorId", gloss_seen_by(a.seen_by, a.source_id, a.closed) as "seenBy", null as "noteId",
      c.id as "claimId"
    from claims c
    join evidence e on e.claim_id = c.id
    join annotations a on a.id = e.annotation_id
    join project_members m on m.project_id = ${projectId} and m.user_id in (c.creator_id, c.owner_id)
    where c.project_id = ${projectId} and c.id = any(${sql.param([...claimIds])}::uuid[])
      and a.id = any(${sql.param([...annotationIds])}::uuid[])
    order by a.id, c.id`);
  return rows;
}

/** A notice that is new, and to whom. */
export type NewNotice = { readonly id: string; readonly userId: string; readonly kind: NoticeKind };

/** Keeps what people are told; who was told of the same already is left out. Answers what is new. */
export async function insertNotices(
  tx: Transaction,
  { projectId }: Pick<Grant, 'projectId'>,
  made: readonly (Omit<typeof notices.$inferInsert, 'projectId'> & { kind: NoticeKind })[],
): Promise<NewNotice[]> {
  if (made.length === 0) return [];
  return tx
    .insert(notices)
    .values(made.map((notice) => ({ ...notice, projectId })))
    .onConflictDoNothing()
    .returning({ id: notices.id, userId: notices.userId, kind: notices.kind });
}

/** The people who were told of a comment, in whatever way. */
export async function selectToldOf(
  tx: Transaction,
  { projectId }: Pick<Grant, 'projectId'>,
  commentId: string,
): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectDistinct({ userId: notices.userId })
    .from(notices)
    .where(and(eq(notices.projectId, projectId), eq(notices.commentId, commentId)));
  return new Set(rows.map(({ userId }) => userId));
}

/** A person's notices of projects they are in now, about what is still there; the rest is as if it were not there. */
const readableBy = ({ userId }: Pick<Actor, 'userId'>) => {
  const reader = { actor: { userId } };
  return and(
    eq(notices.userId, userId),
    isNull(projects.deleted),
    not(lacksFactor(notices.userId)),
    isNull(sources.deleted),
    openTo(reader, notices.sourceId),
    openTo(reader, decisions.sourceId),
    isNull(followUps.deleted),
    isNull(decisions.undone),
    // What it is about may be gone, which no join says.
    sql`(${notices.kind} <> 'note-mention' or exists (
      select from ${notes} n where n.id = any(${notices.noteIds}) and n.deleted is null and ${openTo(reader, sql`n.source_id`)}))`,
    sql`(${notices.kind} <> 'claim-assigned' or exists (
      select from ${claims} c where c.id = any(${notices.claimIds}) and c.deleted is null and ${claimOpenTo(reader, sql`c.id`)}))`,
    sql`(${notices.threadId} is null or exists (
      select from ${comments} o where o.thread_id = ${notices.threadId} and o.deleted is null))`,
  );
};

function fromReadable(actor: Pick<Actor, 'userId'>) {
  return and(eq(projectMembers.projectId, notices.projectId), eq(projectMembers.userId, actor.userId));
}

export type NoticeRow = {
  readonly notice: typeof notices.$inferSelect;
  readonly projectName: string;
  /** Of the source it is about. */
  readonly sourceTitle: string | null;
  /** Who did it. */
  readonly byName: string | null;
};

/** A person's notices, newest first; a page older than the cursor. */
export async function selectNotices(
  db: Db,
  actor: Pick<Actor, 'userId'>,
  filter: { unseen: boolean; ids?: readonly string[] },
  page: { limit: number; cursor?: string },
): Promise<NoticeRow[]> {
  return db
    .select({
      notice: notices,
      projectName: projects.name,
      sourceTitle: sources.title,
      byName: users.name,
    })
    .from(notices)
    .innerJoin(projects, eq(projects.id, notices.projectId))
    .innerJoin(projectMembers, fromReadable(actor))
    .leftJoin(sources, eq(sources.id, notices.sourceId))
    .leftJoin(followUps, eq(followUps.id, notices.followUpId))
    .leftJoin(decisions, eq(decisions.id, notices.decisionId))
    .leftJoin(users, eq(users.id, notices.byId))
    .where(
      and(
        readableBy(actor),
        filter.ids ? inArray(notices.id, [...filter.ids]) : undefined,
        filter.unseen ? isNull(notices.seen) : undefined,
        page.cursor ? lt(notices.id, page.cursor) : undefined,
      ),
    )
    .orderBy(desc(notices.id))
    .limit(page.limit);
}

/** How many notices a person has not seen. */
export async function countUnseen(db: Db, actor: Pick<Actor, 'userId'>): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(notices)
    .innerJoin(projects, eq(projects.id, notices.projectId))
    .innerJoin(projectMembers, fromReadable(actor))
    .leftJoin(sources, eq(sources.id, notices.sourceId))
    .leftJoin(followUps, eq(followUps.id, notices.followUpId))
    .leftJoin(decisions, eq(decisions.id, notices.decisionId))
    .where(and(readableBy(actor), isNull(notices.seen)));
  return row?.count ?? 0;
}

/** Marks a person's own notices as seen; others' ids do nothing. Answers whether any was unseen. */
export async function markSeen(
  db: Db,
  actor: Pick<Actor, 'userId'>,
  ids: readonly string[],
): Promise<boolean> {
  const rows = await db
    .update(notices)
    .set({ seen: sql`now()` })
    .where(and(eq(notices.userId, actor.userId), inArray(notices.id, [...ids]), isNull(notices.seen)))
    .returning({ id: notices.id });
  return rows.length > 0;
}

/** Of these annotations those the Grant's holder may see, with what a version made of them: how many, and the first. */
export async function selectTouched(
  db: Db,
  grant: Grant,
  { annotationIds, version }: { annotationIds: readonly string[]; version: number },
  limit: number,
): Promise<{ touched: number; annotations: TouchedAnnotation[] }> {
  const target = annotationTargets;
  const rows = await db
    .select({
      id: annotations.id,
      motivation: annotations.motivation,
      creatorId: annotations.creatorId,
      outcome: target.outcome,
      state: target.state,
      now: target.exact,
      was: sql<
        string | null
      >`(select o.exact from annotation_targets o where o.annotation_id = ${annotations.id}
        and o.version < ${version} and o.exact is not null order by o.version desc limit 1)`,
      touched: sql<number>`(count(*) over ())::int`,
    })
    .from(annotations)
    .innerJoin(target, and(eq(target.annotationId, annotations.id), eq(target.version, version)))
    .where(
      and(
        visibleTo(grant),
        isNull(annotations.deleted),
        sql`${annotations.id} = any(${sql.param([...annotationIds])}::uuid[])`,
      ),
    )
    .orderBy(asc(annotations.id))
    .limit(limit);
  return {
    touched: rows[0]?.touched ?? 0,
    annotations: rows.map(({ touched: _, creatorId, was, ...row }) => ({
      ...row,
      was: was ?? '',
      own: creatorId === grant.actor.userId,
    })),
  };
}

/** The titles of these notes of the project that are still there, in the order they were made. */
export async function selectNoteTitles(
  db: Db,
  grant: Reader,
  ids: readonly string[],
): Promise<{ id: string; title: string }[]> {
  if (ids.length === 0) return [];
  return db
    .select({ id: notes.id, title: notes.title })
    .from(notes)
    .where(and(notesVisibleTo(grant), inArray(notes.id, [...ids]), isNull(notes.deleted)))
    .orderBy(asc(notes.id));
}

/** The wording of these claims of the project that the Grant's holder may see and that are still there, oldest first. */
export async function selectClaimWordings(
  db: Db,
  grant: Reader,
  ids: readonly string[],
): Promise<{ id: string; wording: string }[]> {
  if (ids.length === 0) return [];
  return db
    .select({ id: claims.id, wording: claims.wording })
    .from(claims)
    .where(and(claimsVisibleTo(grant), inArray(claims.id, [...ids]), isNull(claims.deleted)))
    .orderBy(asc(claims.id));
}
