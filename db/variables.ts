import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { NewVariable, Variable, VariableValue } from '../lib/variables/variable';
import { openTo, sourcesVisibleTo, speakerOpenTo } from './access';
import type { Db } from './client';
import { users } from './schema/people';
import { sources } from './schema/sources';
import { speakers } from './schema/speakers';
import { variables, variableValues } from './schema/variables';

const select = (db: Db) =>
  db
    .select({ row: variables, name: users.name })
    .from(variables)
    .innerJoin(users, eq(users.id, variables.creatorId));

type Row = { row: typeof variables.$inferSelect; name: string };

const toVariable = ({ row: { creatorId, ...row }, name }: Row): Variable => ({
  ...row,
  creator: { id: creatorId, name },
  created: row.created.toISOString(),
  modified: row.modified.toISOString(),
  deleted: row.deleted?.toISOString() ?? null,
});

/** The variables of the project that are not deleted, in the order they were made. */
export async function selectVariables(db: Db, { projectId }: Grant): Promise<Variable[]> {
  const rows = await select(db)
    .where(and(eq(variables.projectId, projectId), isNull(variables.deleted)))
    .orderBy(asc(variables.id));
  return rows.map(toVariable);
}

/** One variable of the project, deleted or not. */
export async function selectVariable(db: Db, { projectId }: Grant, id: string): Promise<Variable | null> {
  const [row] = await select(db).where(and(eq(variables.projectId, projectId), eq(variables.id, id)));
  return row ? toVariable(row) : null;
}

/** Stores a variable of the Grant's actor; returns false when the id exists already. */
export async function insertVariable(
  db: Db,
  { projectId, actor }: Grant,
  given: NewVariable & { id: string },
): Promise<boolean> {
  const rows = await db
    .insert(variables)
    .values({ ...given, projectId, creatorId: actor.userId })
    .onConflictDoNothing()
    .returning({ id: variables.id });
  return rows.length > 0;
}

/** Changes a variable when it still has this revision; returns whether it had. */
export async function updateVariableRow(
  db: Db,
  { projectId }: Grant,
  id: string,
  revision: number,
  { deleted, ...fields }: { name?: string; choices?: string[]; deleted?: boolean },
): Promise<boolean> {
  const rows = await db
    .update(variables)
    .set({
      ...fields,
      ...(deleted === undefined ? {} : { deleted: deleted ? sql`now()` : null }),
      modified: sql`now()`,
      revision: sql`${variables.revision} + 1`,
    })
    .where(and(eq(variables.projectId, projectId), eq(variables.id, id), eq(variables.revision, revision)))
    .returning({ id: variables.id });
  return rows.length > 0;
}

/** The values that a source or speaker has of variables that are not deleted. */
export async function selectValues(db: Db, grant: Grant, subjectId: string): Promise<VariableValue[]> {
  return db
    .select({
      variableId: variableValues.variableId,
      subjectId: variableValues.subjectId,
      value: variableValues.value,
    })
    .from(variableValues)
    .innerJoin(variables, and(eq(variables.id, variableValues.variableId), isNull(variables.deleted)))
    .where(
      and(
        eq(variableValues.projectId, grant.projectId),
        eq(variableValues.subjectId, subjectId),
        openTo(grant, variableValues.subjectId),
        speakerOpenTo(grant, variableValues.subjectId),
        // What is known of a protected speaker would tell who it is.
        sql`not exists (select from ${speakers} where ${speakers.id} = ${variableValues.subjectId} and ${speakers.isProtected})`,
      ),
    );
}

/** All values of a variable, but what is known of protected speakers: that would tell who they are. */
export async function selectValuesOf(
  db: Db,
  grant: Grant,
  variableId: string,
): Promise<Omit<VariableValue, 'variableId'>[]> {
  return db
    .select({ subjectId: variableValues.subjectId, value: variableValues.value })
    .from(variableValues)
    .where(
      and(
        eq(variableValues.projectId, grant.projectId),
        eq(variableValues.variableId, variableId),
        openTo(grant, variableValues.subjectId),
        speakerOpenTo(grant, variableValues.subjectId),
        sql`not exists (select from ${speakers} where ${speakers.id} = ${variableValues.subjectId} and ${speakers.isProtected})`,
      ),
    )
    .orderBy(asc(variableValues.subjectId));
}

/** Sets a value of what has none yet. */
export async function insertValue(
  db: Db,
  { projectId }: Grant,
  variableId: string,
  subjectId: string,
  value: string,
): Promise<void> {
  await db.insert(variableValues).values({ projectId, variableId, subjectId, value }).onConflictDoNothing();
}

/** Sets a value, or takes it away when it is null. */
export async function putValue(
  db: Db,
  { projectId }: Grant,
  variableId: string,
  subjectId: string,
  value: string | null,
): Promise<void> {
  if (value === null) {
    await db
      .delete(variableValues)
      .where(
        and(
          eq(variableValues.projectId, projectId),
          eq(variableValues.variableId, variableId),
          eq(variableValues.subjectId, subjectId),
        ),
      );
    return;
  }
  await db
    .insert(variableValues)
    .values({ projectId, variableId, subjectId, value })
    .onConflictDoUpdate({ target: [variableValues.variableId, variableValues.subjectId], set: { value } });
}

/** What a variable is set of: what it is called, and whether it is a protected speaker; null when there is none. */
export async function selectSubject(
  db: Db,
  grant: Grant,
  of: Variable['of'],
  id: string,
): Promise<{ name: string; isProtected: boolean } | null> {
  if (of === 'source') {
    const [row] = await db
      .select({ name: sources.title })
      .from(sources)
      .where(and(sourcesVisibleTo(grant), eq(sources.id, id), isNull(sources.deleted)));
    return row ? { ...row, isProtected: false } : null;
  }
  const [row] = await db
    .select({ name: speakers.name, isProtected: speakers.isProtected })
    .from(speakers)
    .where(
      and(
        eq(speakers.projectId, grant.projectId),
        eq(speakers.id, id),
        speakerOpenTo(grant, speakers.id),
        isNull(speakers.deleted),
        isNull(speakers.mergedInto),
      ),
    );
  return row ?? null;
}
