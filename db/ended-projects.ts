import { and, asc, desc, eq, isNotNull, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Actor } from '../lib/access/actor';
import type { Grant } from '../lib/access/grant';
import { lacksFactor } from './access';
import { insertAudit } from './audit';
import type { Db, Transaction } from './client';
import { projectMembers, projects, teams } from './schema/projects';

/** A deleted project that can still be restored. */
export type DeletedRow = {
  readonly id: string;
  readonly name: string;
  readonly teamName: string;
  readonly deleted: Date;
  /** Whether it is open only to people with a second factor, and they have none. */
  readonly lacksFactor: boolean;
};

/** The deleted projects that this person owns and that can still be restored, the last deleted first; or one of them. */
export async function selectDeleted(
  db: Db,
  actor: Pick<Actor, 'userId'>,
  projectId?: string,
): Promise<DeletedRow[]> {
  const rows = await db
    .select({
      id: projects.id,
      name: projects.name,
      teamName: teams.name,
      deleted: projects.deleted,
      lacksFactor: lacksFactor(projectMembers.userId),
    })
    .from(projects)
    .innerJoin(projectMembers, eq(projectMembers.projectId, projects.id))
    .innerJoin(teams, eq(teams.id, projects.teamId))
    .where(
      and(
        eq(projectMembers.userId, actor.userId),
        eq(projectMembers.role, 'owner'),
        isNotNull(projects.deleted),
        isNull(projects.ending),
        projectId === undefined ? undefined : eq(projects.id, projectId),
      ),
    )
    .orderBy(desc(projects.deleted), asc(projects.id));
  return rows.map(({ deleted, ...row }) => ({ ...row, deleted: deleted as Date }));
}

/** Takes the deletion of a project back. False when its end has begun, or nothing was to take back. */
export async function undeleteProject(db: Db, { projectId }: Pick<Grant, 'projectId'>): Promise<boolean> {
  const restored = await db
    .update(projects)
    .set({ deleted: null })
    .where(and(eq(projects.id, projectId), isNotNull(projects.deleted), isNull(projects.ending)))
    .returning({ id: projects.id });
  return restored.length > 0;
}

/** Begins the end of projects that were deleted by then (`null`: ever), or of one of them. What was begun before and is not over is among them. */
export async function beginEnds(db: Db, by: Date | null, projectId?: string): Promise<string[]> {
  const one = projectId === undefined ? undefined : eq(projects.id, projectId);
  await db
    .update(projects)
    .set({ ending: sql`now()` })
    .where(
      and(
        isNotNull(projects.deleted),
        by === null ? undefined : lte(projects.deleted, by),
        isNull(projects.ending),
        one,
      ),
    );
  const rows = await db
    .select({ id: projects.id })
    .from(projects)
    .where(and(isNotNull(projects.ending), one))
    .orderBy(asc(projects.ending), asc(projects.id));
  return rows.map(({ id }) => id);
}

type Key = { table: string; columns: string[]; parent: string; parentColumns: string[] };

/** Which rows of a table are a project's, and in which order its tables can be emptied. */
export type EndPlan = readonly { readonly table: string; readonly which: (projectId: string) => SQL }[];

/**
 * Reads from the database itself what hangs on a project, so that a table nobody thought of is not forgotten: every table with a
 * `project_id`, and those whose rows name one of such a table; whatever names another table's rows comes before it.
 */
export async function readEndPlan(db: Db): Promise<EndPlan> {
  const { rows: keys } = await db.execute<Key>(sql`
    select child.relname as "table", parent.relname as parent,
      (select array_agg(a.attname::text order by k.at) from unnest(c.conkey) with ordinality k(nr, at)
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.nr) as columns,
      (select array_agg(a.attname::text order by k.at) from unnest(c.confkey) with ordinality k(nr, at)
        join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.nr) as "parentColumns"
    from pg_constraint c join pg_class child on child.oid = c.conrelid join pg_class parent on parent.oid = c.confrelid
    where c.contype = 'f' and c.connamespace = 'public'::regnamespace
    order by 1, 2, c.conname`);
  const { rows: named } = await db.execute<{ table: string }>(sql`
    select table_name as "table" from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' and column_name = 'project_id' order by 1`);

  const which = new Map<string, (projectId: string) => SQL>();
  for (const { table } of named) which.set(table, (projectId) => sql`t.project_id = ${projectId}`);
  // Those without the column, from the ones they hang on outwards.
  for (let grew = true; grew; ) {
    grew = false;
    for (const { table, columns, parent, parentColumns } of keys) {
      const ofParent = which.get(parent);
      if (which.has(table) || ofParent === undefined || table === 'projects') continue;
      which.set(
        table,
        (projectId) => sql`(${columnsOf('t', columns)}) in (select ${columnsOf('t', parentColumns)}
          from ${sql.identifier(parent)} t where ${ofParent(projectId)})`,
      );
      grew = true;
    }
  }
  return inOrder([...which.keys()], keys).map((table) => {
    const rows = which.get(table) as (projectId: string) => SQL;
    // Of rows that name others of their own table the ones that nobody names go first.
    const own = keys.filter((key) => key.table === table && key.parent === table);
    const free = own.map(
      ({ columns, parentColumns }) => sql` and not exists (select from ${sql.identifier(table)} child
        where (${columnsOf('child', columns)}) = (${columnsOf('t', parentColumns)}))`,
    );
    return { table, which: (projectId) => sql`${rows(projectId)}${sql.join(free)}` };
  });
}

function columnsOf(alias: string, columns: readonly string[]): SQL {
  return sql.join(
    columns.map((column) => sql`${sql.identifier(alias)}.${sql.identifier(column)}`),
    sql`, `,
  );
}

/** Tables, each before those that its rows name. */
function inOrder(tables: readonly string[], keys: readonly Key[]): string[] {
  const done = new Set<string>();
  const order: string[] = [];
  const visit = (table: string) => {
    if (done.has(table)) return;
    done.add(table);
    for (const key of keys) if (key.parent === table && tables.includes(key.table)) visit(key.table);
    order.push(table);
  };
  for (const table of tables) visit(table);
  return order;
}

/** Whether this transaction has a project whose end was begun to itself; another process has it, or it is gone, otherwise. */
export async function holdEnding(tx: Transaction, projectId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: projects.id })
    .from(projects)
    .where(and(eq(projects.id, projectId), isNotNull(projects.ending)))
    .for('update', { skipLocked: true });
  return rows.length > 0;
}

/** Removes at most so many rows of a project from a table, and answers how many. */
export async function removeRows(
  tx: Transaction,
  { table, which }: EndPlan[number],
  projectId: string,
  most: number,
): Promise<number> {
  const name = sql.identifier(table);
  const { rowCount } = await tx.execute(sql`
    delete from ${name} where ctid = any(array(select t.ctid from ${name} t where ${which(projectId)} limit ${most}))`);
  return rowCount ?? 0;
}

/** Removes the project itself, of which nothing else is left, and writes that down in the instance's audit. */
export async function removeEnded(tx: Transaction, projectId: string): Promise<void> {
  const [row] = await tx.delete(projects).where(eq(projects.id, projectId)).returning();
  if (row === undefined) return;
  const details = { deleted: row.deleted?.toISOString() ?? null };
  const actor = { id: null, name: 'Gloss', ip: null };
  await insertAudit(tx, null, [{ act: 'project.ended', subjectId: projectId, details, actor }]);
}

/** Which project a person who runs the program means by an id; null when it is not one that was deleted. */
export async function findDeleted(db: Db, projectId: string): Promise<{ id: string; name: string } | null> {
  const [row] = await db
    .select({ id: projects.id, name: projects.name })
    .from(projects)
    .where(and(eq(projects.id, projectId), or(isNotNull(projects.deleted), isNotNull(projects.ending))));
  return row ?? null;
}
