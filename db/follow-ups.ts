import { and, asc, eq, gt, inArray, isNull, lte, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Grant } from '../lib/access/grant';
import type { FollowUp, FollowUpKind, FollowUpState, RaisedBy, Raiser } from '../lib/follow-ups/follow-up';
import { MOST_QUOTED } from '../lib/follow-ups/state';
import {
  claimsVisibleTo,
  followUpsVisibleTo,
  notesVisibleTo,
  sourcesVisibleTo,
  type Viewer,
  visibleTo,
} from './access';
import type { Db, Transaction } from './client';
import { makerOf } from './schema/brought-in';
import { followUps } from './schema/follow-ups';
import { users } from './schema/people';

const owners = alias(users, 'owners');

type Row = { row: typeof followUps.$inferSelect; creatorName: string; ownerName: string | null };

function toFollowUp({ row, creatorName, ownerName }: Row): FollowUp {
  const { raisedBy, raisedById, raisedSourceId, raisedAnnotationId, raisedQuote } = row;
  return {
    id: row.id,
    projectId: row.projectId,
    kind: row.kind,
    wording: row.wording,
    details: row.details,
    owner: row.ownerId === null ? null : { id: row.ownerId, name: ownerName ?? '' },
    due: row.due,
    state: row.state,
    raisedBy:
      raisedBy && raisedById
        ? {
            type: raisedBy,
            id: raisedById,
            sourceId: raisedSourceId,
            annotationId: raisedAnnotationId,
            quote: raisedQuote ?? '',
          }
        : null,
    place: row.place,
    creator: { id: row.creatorId, name: creatorName },
    created: row.created.toISOString(),
    modified: row.modified.toISOString(),
    revision: row.revision,
    deleted: row.deleted?.toISOString() ?? null,
  };
}

async function read(db: Db, grant: Viewer, where: SQL | undefined, limit: number): Promise<FollowUp[]> {
  const rows = await db
    .select({ row: followUps, creatorName: makerOf(followUps.id), ownerName: owners.name })
    .from(followUps)
    .innerJoin(users, eq(users.id, followUps.creatorId))
    .leftJoin(owners, eq(owners.id, followUps.ownerId))
    .where(and(followUpsVisibleTo(grant), where))
    .orderBy(asc(followUps.id))
    .limit(limit);
  return rows.map(toFollowUp);
}

export type FollowUpFilter = {
  state?: FollowUpState;
  kind?: FollowUpKind;
  owner?: string;
  /** The source that what raised it is in, or is. */
  source?: string;
  /** The id of what raised it. */
  raisedBy?: string;
  /** Raised by one of these marks, or by what hangs on one. */
  marks?: readonly string[];
  /** Due on this day or before it. */
  due?: string;
};

/** The visible follow-ups that are not deleted, in the order they were made; a page after the cursor (an id). */
export async function selectFollowUps(
  db: Db,
  grant: Viewer,
  filter: FollowUpFilter,
  page: { limit: number; cursor?: string },
): Promise<FollowUp[]> {
  const where = and(
    isNull(followUps.deleted),
    page.cursor ? gt(followUps.id, page.cursor) : undefined,
    filter.state ? eq(followUps.state, filter.state) : undefined,
    filter.kind ? eq(followUps.kind, filter.kind) : undefined,
    filter.owner ? eq(followUps.ownerId, filter.owner) : undefined,
    filter.source ? eq(followUps.raisedSourceId, filter.source) : undefined,
    filter.raisedBy ? eq(followUps.raisedById, filter.raisedBy) : undefined,
    filter.marks ? inArray(followUps.raisedAnnotationId, [...filter.marks]) : undefined,
    filter.due ? lte(followUps.due, filter.due) : undefined,
  );
  return read(db, grant, where, page.limit);
}

/** One visible follow-up, deleted or not; `null` when there is none for this Grant. */
export async function selectFollowUp(db: Db, grant: Grant, id: string): Promise<FollowUp | null> {
  const [followUp] = await read(db, grant, eq(followUps.id, id), 1);
  return followUp ?? null;
}

/** Visible follow-ups by their ids, deleted or not: those that there are of the given ones. */
export async function selectFollowUpsById(db: Db, grant: Grant, ids: readonly string[]): Promise<FollowUp[]> {
  return ids.length === 0 ? [] : read(db, grant, inArray(followUps.id, [...ids]), ids.length);
}

export type FollowUpFields = Pick<FollowUp, 'kind' | 'wording' | 'details' | 'due' | 'state' | 'place'> & {
  ownerId: string | null;
};

/** Stores a follow-up of the Grant's actor. Returns false when the id exists already. */
export async function insertFollowUp(db: Db, grant: Grant, followUp: NewFollowUp): Promise<boolean> {
  return (await insertFollowUps(db, grant, [followUp])).size > 0;
}

export type NewFollowUp = FollowUpFields & { id: string; raisedBy: RaisedBy | null };

/** The same for several. Answers the ids of those that were not there. */
export async function insertFollowUps(
  db: Db,
  grant: Grant,
  given: readonly NewFollowUp[],
): Promise<ReadonlySet<string>> {
  if (given.length === 0) return new Set();
  const values = given.map(({ raisedBy, ...fields }) => ({
    ...fields,
    projectId: grant.projectId,
    creatorId: grant.actor.userId,
    raisedBy: raisedBy?.type,
    raisedById: raisedBy?.id,
    raisedSourceId: raisedBy?.sourceId,
    raisedAnnotationId: raisedBy?.annotationId,
    raisedQuote: raisedBy?.quote,
  }));
  const rows = await db
    .insert(followUps)
    .values(values)
    .onConflictDoNothing()
    .returning({ id: followUps.id });
  return new Set(rows.map(({ id }) => id));
}

/** Changes a follow-up when it still has this revision; returns whether it had. */
export async function updateFollowUpRow(
  db: Db,
  grant: Grant,
  id: string,
  revision: number,
  { deleted, ...fields }: Partial<FollowUpFields> & { deleted?: boolean },
): Promise<boolean> {
  const rows = await db
    .update(followUps)
    .set({
      ...fields,
      ...(deleted === undefined ? {} : { deleted: deleted ? sql`now()` : null }),
      modified: sql`now()`,
      revision: sql`${followUps.revision} + 1`,
    })
    .where(and(followUpsVisibleTo(grant), eq(followUps.id, id), eq(followUps.revision, revision)))
    .returning({ id: followUps.id });
  return rows.length > 0;
}

type Found = Pick<RaisedBy, 'sourceId' | 'annotationId' | 'quote'>;

/** Where what raised a follow-up stands and what it says, by its type; each row sees only what the Grant's holder may. */
const RAISED: Record<Exclude<Raiser, 'comment'>, (grant: Grant, id: string) => SQL> = {
  annotation: (grant, id) => sql`
    select source_id, id as annotation_id, exact as words from annotations
    where ${visibleTo(grant)} and id = ${id} and deleted is null`,
  claim: (grant, id) => sql`
    select null::uuid as source_id, null::uuid as annotation_id, wording as words from claims
    where ${claimsVisibleTo(grant)} and id = ${id} and deleted is null`,
  source: (grant, id) => sql`
    select id as source_id, null::uuid as annotation_id, title as words from sources
    where ${sourcesVisibleTo(grant)} and id = ${id} and deleted is null`,
  note: (grant, id) => sql`
    select source_id, null::uuid as annotation_id, title as words from notes
    where ${notesVisibleTo(grant)} and id = ${id} and deleted is null`,
  code: ({ projectId }, id) => sql`
    select null::uuid as source_id, null::uuid as annotation_id, name as words from codes
    where project_id = ${projectId} and id = ${id} and deleted is null`,
};

/** What raises a follow-up, with its words; `null` when the Grant's holder sees no such thing. Comments are read with their threads. */
export async function selectRaiser(
  db: Db,
  grant: Grant,
  type: keyof typeof RAISED,
  id: string,
): Promise<Found | null> {
  const { rows } = await db.execute<Found>(
    sql`select source_id as "sourceId", annotation_id as "annotationId", left(words, ${MOST_QUOTED}) as quote
      from (${RAISED[type](grant, id)}) raiser`,
  );
  return rows[0] ?? null;
}

export type DueRow = {
  readonly id: string;
  readonly projectId: string;
  readonly ownerId: string;
  /** The mark that raised it, or that what raised it hangs on. */
  readonly annotationId: string | null;
};

/**
 * Takes open follow-ups whose day has come and whose owner was not told of that day, at most so many: none of them is taken
 * twice, in whichever process, unless the transaction fails.
 */
export async function takeDue(tx: Transaction, day: string, most: number): Promise<DueRow[]> {
  const { rows } = await tx.execute<DueRow>(sql`
    update follow_ups set told_due = due where id in (
      select f.id from follow_ups f
      join project_members m on m.project_id = f.project_id and m.user_id = f.owner_id
      join projects p on p.id = f.project_id and p.deleted is null and p.archived is null
      where f.deleted is null and f.owner_id is not null and f.state in ('open', 'doing') and f.due <= ${day}
        and f.told_due is distinct from f.due
      order by f.due, f.id limit ${most} for update of f skip locked)
    returning id, project_id as "projectId", owner_id as "ownerId", raised_annotation_id as "annotationId"`);
  return rows;
}
