import { eq, type SQL, sql } from 'drizzle-orm';
import { env } from '../env';
import type { Grant } from '../lib/access/grant';
import { AppError } from '../lib/errors';
import type { Happening } from '../lib/events/event';
import {
  fullWords,
  growthOf,
  type OwnLimits,
  QUOTAS,
  type Quota,
  roomIn,
  type Used,
} from '../lib/projects/usage';
import { redactedFrom, withheldFrom } from './access/kept';
import type { Db, Transaction } from './client';
import { annotations } from './schema/annotations';
import { notes } from './schema/notes';
import { projectMembers, projects, projectUsage } from './schema/projects';
import { sourceFiles } from './schema/source-files';
import { sources } from './schema/sources';

type Scope = Pick<Grant, 'projectId'>;
type Counted = Exclude<Quota, 'annotations'>;

/** How many there are. Files of removed sources are kept, and count. */
const COUNTS: Record<Counted, (projectId: string) => SQL> = {
  members: (id) => sql`(select count(*) from ${projectMembers} where project_id = ${id})`,
  sources: (id) => sql`(select count(*) from ${sources} where project_id = ${id} and deleted is null)`,
  'file-bytes': (id) => sql`(select coalesce(sum(size), 0) from ${sourceFiles} where project_id = ${id})`,
  notes: (id) =>
    sql`(select count(*) from ${notes} where project_id = ${id} and source_id is null and deleted is null)`,
};

const limitsHere = (): Record<Quota, number> => ({
  members: env().LIMIT_PROJECT_MEMBERS,
  sources: env().LIMIT_PROJECT_SOURCES,
  'file-bytes': env().LIMIT_PROJECT_FILE_BYTES,
  annotations: env().LIMIT_PROJECT_ANNOTATIONS,
  notes: env().LIMIT_PROJECT_NOTES,
});

type Row = { limits: OwnLimits; annotations: number } & Partial<Record<Counted, string | number>>;
const columns = (projectId: string, counted: Iterable<Counted>) =>
  sql.join(
    [
      sql`limits, annotations`,
      ...[...counted].map((what) => sql`${COUNTS[what](projectId)} as ${sql.identifier(what)}`),
    ],
    sql`, `,
  );

function usedOf(row: Row, what: Quota): Used {
  const [used, of] = [Number(row[what]), row.limits[what] ?? limitsHere()[what]];
  return { what, used, of, room: roomIn({ used, of }), isWhole: true };
}

const full = ({ what, of }: Used) =>
  new AppError('forbidden', fullWords(what, of), { details: { reason: 'limit', limit: what, of } });

/** What a project holds and may hold of each thing that is limited. */
export async function selectUsage(db: Db, { projectId }: Scope): Promise<Used[]> {
  const others = QUOTAS.filter((what) => what !== 'annotations');
  const row = await readCounted(db, projectId, others);
  return row === null ? [] : QUOTAS.map((what) => usedOf(row, what));
}

/** How much of what a project holds embargoes, protected passages and blind passes hide from the Grant's holder. */
export async function countHidden(
  db: Db,
  { projectId, actor }: Grant,
): Promise<Partial<Record<Quota, number>>> {
  const withheld = withheldFrom(actor);
  const { rows } = await db.execute<Record<'sources' | 'file-bytes' | 'annotations', string>>(sql`select
    (select count(*) from ${sources} where project_id = ${projectId} and deleted is null and id = any(${withheld})) as sources,
    (select coalesce(sum(size), 0) from ${sourceFiles} where project_id = ${projectId} and source_id = any(${withheld})) as "file-bytes",
    (select count(*) from ${annotations} where project_id = ${projectId} and deleted is null and id in (
      select id from annotations where project_id = ${projectId} and seen_by is not null and not ${actor.userId}::uuid = any(seen_by)
      union select id from annotations where source_id = any(${withheld})
      union select id from annotations where closed and source_id = any(${redactedFrom(actor)}))) as annotations`);
  return Object.fromEntries(Object.entries(rows[0] ?? {}).map(([what, many]) => [what, Number(many)]));
}

/** How something is counted: by how many marks there are more (fewer: negative), and how what there is then is judged. */
export type Counting = {
  readonly grown: number;
  readonly judge: (tx: Transaction, counted: unknown) => Promise<void>;
};

/**
 * How what events made more or less of is counted; `null` where that is nothing which is limited. The marks are counted as the events
 * are appended, and `judge` gets the row of that (`limits`, `annotations`; `null` where `grown` is 0). Who calls `judge` holds the project's
 * lock, and to the end of the transaction: what another did is seen, so that of any number at once no more get in than fit. It throws
 * an AppError, forbidden with `details.reason` `limit`, where there is no room: nothing of the transaction may stay then.
 */
export function countingOf({ projectId }: Scope, happenings: readonly Happening[]): Counting | null {
  const growth = growthOf(happenings);
  if (growth.annotations === 0 && growth.others.size === 0) return null;
  const grown: Quota[] = [...growth.others, ...(growth.annotations > 0 ? (['annotations'] as const) : [])];
  return {
    grown: growth.annotations,
    async judge(tx, counted) {
      const row = growth.others.size === 0 ? counted : await readCounted(tx, projectId, growth.others);
      if (row === null) throw new Error(`The project ${projectId} has lost its count`);
      const over = grown.map((what) => usedOf(row as Row, what)).find(({ used, of }) => used > of);
      if (over !== undefined) throw full(over);
    },
  };
}

async function readCounted(db: Db, projectId: string, others: Iterable<Counted>): Promise<Row | null> {
  const { rows } = await db.execute<Row>(
    sql`select ${columns(projectId, others)} from ${projectUsage} where project_id = ${projectId}`,
  );
  return rows[0] ?? null;
}

/**
 * Counts the files of a project after one came in. Who calls published something before, so that it holds the project's lock.
 * @throws AppError as `countingOf` does.
 */
export async function countFiles(tx: Transaction, { projectId }: Scope): Promise<void> {
  const row = await readCounted(tx, projectId, ['file-bytes']);
  const files = row && usedOf(row, 'file-bytes');
  if (files && files.used > files.of) throw full(files);
}

/**
 * Refuses what would need room where there is none, before any work is done for it.
 * @throws AppError as `countingOf` does, which decides.
 */
export async function mustHaveRoom(db: Db, scope: Scope, what: Quota): Promise<void> {
  const found = (await selectUsage(db, scope)).find((one) => one.what === what);
  if (found?.room === 'full') throw full(found);
}

/** Counts the marks of a project afresh. Who calls holds the project's lock. False when there is no such project. */
export async function recountUsage(tx: Transaction, { projectId }: Scope): Promise<boolean> {
  const { rowCount } = await tx.execute(sql`
    update ${projectUsage} set annotations =
      (select count(*) from ${annotations} a where a.project_id = ${projectId} and a.deleted is null)
    where project_id = ${projectId}`);
  return (rowCount ?? 0) > 0;
}

/** Sets limits of a project in place of the instance's, and answers those it has of its own; `null` takes one away. */
export async function setLimits(
  tx: Transaction,
  { projectId }: Scope,
  change: Partial<Record<Quota, number | null>>,
): Promise<OwnLimits> {
  const [row] = await tx
    .update(projectUsage)
    .set({ limits: sql`jsonb_strip_nulls(${projectUsage.limits} || ${JSON.stringify(change)}::jsonb)` })
    .where(eq(projectUsage.projectId, projectId))
    .returning({ limits: projectUsage.limits });
  return row?.limits ?? {};
}

/** Projects whose marks are not as many as was counted. Reads all of them. */
export async function selectMiscounted(
  db: Db,
): Promise<{ projectId: string; counted: number; there: number }[]> {
  const { rows } = await db.execute<{ projectId: string; counted: number; there: number }>(sql`
    select u.project_id as "projectId", u.annotations as counted, coalesce(a.there, 0)::int as there
    from ${projectUsage} u
    left join (select project_id, count(*) as there from ${annotations} where deleted is null group by 1) a using (project_id)
    where u.annotations <> coalesce(a.there, 0) order by 1`);
  return rows;
}

/** What a project is called, for whoever runs the program; null when there is none. */
export async function findProjectName(db: Db, projectId: string): Promise<string | null> {
  const [row] = await db.select({ name: projects.name }).from(projects).where(eq(projects.id, projectId));
  return row?.name ?? null;
}
