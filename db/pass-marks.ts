import { and, asc, eq, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { type Reader, visibleTo } from './access';
import type { Db, Transaction } from './client';
import { annotationCodes, annotations } from './schema/annotations';
import { passCoders } from './schema/passes';

/** A mark of a pass: who it counts for, where it stands, and what it was coded as. */
export type Coding = {
  readonly annotationId: string;
  /** The coder of the pass; `null` for a mark of somebody who is none of them any more. */
  readonly coderId: string | null;
  readonly creatorId: string;
  readonly sourceId: string;
  /** The version of the source that the span counts in. */
  readonly version: number;
  /** UTF-16 units, end exclusive. */
  readonly span: { readonly start: number; readonly end: number };
  readonly codeIds: readonly string[];
  readonly created: Date;
};

/** The standing marks of a pass (of those named, where some are) that their reader may see, source by source in the order they stand there. */
export async function selectCodings(
  db: Db,
  reader: Reader,
  passId: string,
  ids?: readonly string[],
): Promise<Coding[]> {
  const { projectId, actor } = reader;
  const userId = actor?.userId ?? null;
  const rows = await db
    .select({
      annotationId: annotations.id,
      creatorId: annotations.creatorId,
      sourceId: annotations.sourceId,
      version: annotations.version,
      start: annotations.start,
      end: annotations.end,
      created: annotations.created,
      coderId: sql<string | null>`coalesce(${annotations.coderId}, ${passCoders.id})::text`,
      codeIds: sql<string[]>`array(select c.code_id::text from ${annotationCodes} c
        where c.annotation_id = ${annotations.id} order by c.code_id)`,
    })
    .from(annotations)
    .leftJoin(
      passCoders,
      and(eq(passCoders.passId, annotations.passId), eq(passCoders.userId, annotations.creatorId)),
    )
    .where(
      and(
        userId === null ? eq(annotations.projectId, projectId) : visibleTo({ ...reader, actor: { userId } }),
        eq(annotations.passId, passId),
        ids && sql`${annotations.id} = any(${sql.param([...ids])}::uuid[])`,
        isNull(annotations.deleted),
        sql`exists (select from sources s where s.id = ${annotations.sourceId} and s.deleted is null)`,
      ),
    )
    .orderBy(asc(annotations.sourceId), asc(annotations.start), asc(annotations.end), asc(annotations.id));
  return rows.map(({ start, end, ...row }) => ({ ...row, span: { start, end } }));
}

/** The ids of coders of a pass who have marks in it, deleted ones too: they can't be taken out of it. */
export async function selectCodersWithMarks(db: Db, passId: string): Promise<Set<string>> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select distinct c.id from pass_coders c join annotations a on a.pass_id = c.pass_id
      and (a.coder_id = c.id or (a.coder_id is null and a.creator_id = c.user_id))
    where c.pass_id = ${passId}`);
  return new Set(rows.map(({ id }) => id));
}

/** The sources, of those named, in which a pass has marks, deleted ones too: they can't be taken out of it. */
export async function selectSourcesWithMarks(
  db: Db,
  passId: string,
  sourceIds: readonly string[],
): Promise<{ id: string; title: string }[]> {
  const { rows } = await db.execute<{ id: string; title: string }>(sql`
    select s.id, s.title from sources s
    where s.id = any(${sql.param([...sourceIds])}::uuid[])
      and exists (select from annotations a where a.source_id = s.id and a.pass_id = ${passId})
    order by s.title, s.id`);
  return rows;
}

/**
 * Holds the hidden marks of a pass (those of one source and coder, where that is asked) to the end of the transaction, and
 * answers their ids. Before the project's lock, as whoever changes a mark holds that first.
 */
export async function lockHidden(
  tx: Transaction,
  passId: string,
  of?: { sourceId: string; coderIds: readonly string[] },
): Promise<string[]> {
  const rows = await tx
    .select({ id: annotations.id })
    .from(annotations)
    .where(and(eq(annotations.passId, passId), isNotNull(annotations.seenBy), of && madeBy(passId, of)))
    .orderBy(asc(annotations.id))
    .for('no key update');
  return rows.map(({ id }) => id);
}

function madeBy(
  passId: string,
  { sourceId, coderIds }: { sourceId: string; coderIds: readonly string[] },
): SQL {
  const ids = sql.param([...coderIds]);
  return sql`${annotations.sourceId} = ${sourceId} and (${annotations.coderId} = any(${ids}::uuid[])
    or ${annotations.coderId} is null and ${annotations.creatorId} in (
      select c.user_id from pass_coders c where c.pass_id = ${passId} and c.id = any(${ids}::uuid[])))`;
}

/** Lets everybody of the project see these marks. */
export async function showMarks(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(annotations)
    .set({ seenBy: null })
    .where(inArray(annotations.id, [...ids]));
}

/** Lets one more person see these marks, as long as they are hidden from others. */
export async function showMarksTo(tx: Transaction, ids: readonly string[], userId: string): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(annotations)
    .set({ seenBy: sql`array_append(array_remove(${annotations.seenBy}, ${userId}::uuid), ${userId}::uuid)` })
    .where(and(inArray(annotations.id, [...ids]), isNotNull(annotations.seenBy)));
}

/** Lets a new lead see the hidden marks of a pass, and no longer the one before, but for what they made. */
export async function showMarksToLead(
  tx: Transaction,
  ids: readonly string[],
  { from, to }: { from: string; to: string },
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(annotations)
    .set({
      seenBy: sql`array_append(array_remove(case when ${annotations.creatorId} = ${from}::uuid then ${annotations.seenBy}
        else array_remove(${annotations.seenBy}, ${from}::uuid) end, ${to}::uuid), ${to}::uuid)`,
    })
    .where(inArray(annotations.id, [...ids]));
}
