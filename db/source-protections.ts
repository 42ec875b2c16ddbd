import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { SourceProtectionAnswer } from '../lib/sources/protection';
import { isNamed } from './access/kept';
import type { Db, Transaction } from './client';
import { users } from './schema/people';
import { sourceProtections } from './schema/source-protections';

/** A protection as it is kept, whether anything of it still holds, and whether the Grant's holder is kept out by it. */
export type KeptProtection = Omit<SourceProtectionAnswer, 'sourceId' | 'protectedPassages'> & {
  readonly holds: boolean;
};

/** What protects a source; `null` where nothing ever did since it was last ended. */
export async function selectProtection(
  db: Db,
  { projectId, actor }: Grant,
  sourceId: string,
): Promise<KeptProtection | null> {
  const { rows } = await db.execute<{
    until: Date | string | null;
    file: boolean;
    passages: boolean;
    lost: boolean;
    isNamed: boolean;
    ids: string[];
  }>(sql`
    select case when p.embargo_until > now() then p.embargo_until end as until, p.file, ${isNamed(actor)} as "isNamed",
      exists (select from protected_passages x where x.source_id = p.source_id) as passages, p.named_ids::text[] as ids,
      gloss_is_lost(p.source_id) as lost
    from source_protections p where p.project_id = ${projectId} and p.source_id = ${sourceId}`);
  const [row] = rows;
  if (row === undefined) return null;
  const { until, file, passages, lost, isNamed: named, ids } = row;
  const people =
    ids.length === 0
      ? []
      : await db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, ids));
  return {
    embargoUntil: until === null ? null : new Date(until).toISOString(),
    ...{ file: file || passages, ownFile: file, passages, lost },
    holds: file || passages || until !== null,
    isNamed: named,
    visibleTo: named ? people : [],
  };
}

/** Whether a moment is to come yet, by the clock of the database, and no further off than so many days. */
export async function isToCome(db: Db, moment: string, days: number): Promise<boolean> {
  const { rows } = await db.execute<{ fits: boolean }>(
    sql`select ${moment}::timestamptz between now() and now() + make_interval(days => ${days}) as fits`,
  );
  return rows[0]?.fits ?? false;
}

/** Sets what protects a source, in the place of what did before. */
export async function putProtection(
  tx: Transaction,
  { projectId, actor }: Grant,
  sourceId: string,
  given: { embargoUntil: string | null; file: boolean; visibleTo: readonly string[] },
): Promise<void> {
  const row = {
    embargoUntil: given.embargoUntil === null ? null : new Date(given.embargoUntil),
    file: given.file,
    visibleTo: [...given.visibleTo],
    setBy: actor.userId,
  };
  await tx
    .insert(sourceProtections)
    .values({ ...row, projectId, sourceId })
    .onConflictDoUpdate({
      target: sourceProtections.sourceId,
      set: {
        ...row,
        toldOver: null,
        modified: sql`now()`,
        revision: sql`${sourceProtections.revision} + 1`,
      },
      setWhere: eq(sourceProtections.projectId, projectId),
    });
}

/** Ends what protects a source. */
export async function deleteProtection(
  tx: Transaction,
  { projectId }: Pick<Grant, 'projectId'>,
  sourceId: string,
): Promise<void> {
  await tx
    .delete(sourceProtections)
    .where(and(eq(sourceProtections.projectId, projectId), eq(sourceProtections.sourceId, sourceId)));
}

/** Names somebody nowhere any more: who comes back later is let in by whoever protects, and not by what once was. */
export async function forgetNamed(
  tx: Transaction,
  { projectId }: Pick<Grant, 'projectId'>,
  userId: string,
): Promise<void> {
  await tx
    .update(sourceProtections)
    .set({ visibleTo: sql`array_remove(${sourceProtections.visibleTo}, ${userId}::uuid)` })
    .where(
      and(
        eq(sourceProtections.projectId, projectId),
        sql`${userId}::uuid = any(${sourceProtections.visibleTo})`,
      ),
    );
}

/** Who alone may see a source now, or all of its passages: those who are named, and the owners; `null` where nothing is kept from anybody. */
export async function selectSight(
  db: Db,
  sourceId: string,
  of: 'source' | 'passages',
): Promise<string[] | null> {
  const { rows } = await db.execute<{ ids: string[] | null }>(
    sql`select gloss_seen_by(null, ${sourceId}::uuid, ${of === 'passages'})::text[] as ids`,
  );
  return rows[0]?.ids ?? null;
}

/** An embargo whose time is over, and whom it kept out no longer: all but these. */
export type Opened = { readonly sourceId: string; readonly projectId: string; readonly named: string[] };

/** Projects with embargoes that are over and of which nobody was told, at most so many. */
export async function selectOpenedProjects(db: Db, most: number): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select distinct o.project_id as id from source_protections o join projects r on r.id = o.project_id and r.deleted is null
    where o.embargo_until <= now() and o.told_over is distinct from o.embargo_until limit ${most}`);
  return rows.map(({ id }) => id);
}

/**
 * Takes embargoes of a project that are over by the clock of the database, and of which nobody was told, at most so many: none of them
 * twice. The caller has the project's lock, as whoever protects.
 */
export async function takeOpened(
  tx: Transaction,
  { projectId }: Pick<Grant, 'projectId'>,
  most: number,
): Promise<Opened[]> {
  const { rows } = await tx.execute<Opened>(sql`
    update source_protections p set told_over = p.embargo_until where p.source_id in (
      select o.source_id from source_protections o join projects r on r.id = o.project_id and r.deleted is null
      where o.project_id = ${projectId} and o.embargo_until <= now() and o.told_over is distinct from o.embargo_until
      order by o.embargo_until, o.source_id limit ${most} for update of o skip locked)
    returning p.source_id as "sourceId", p.project_id as "projectId", array(
      select unnest(p.named_ids)::text
      union select m.user_id::text from project_members m where m.project_id = p.project_id and m.role = 'owner') as named`);
  return rows;
}
