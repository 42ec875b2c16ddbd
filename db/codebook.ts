import { and, asc, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import { Code } from '../lib/codebook/code';
import type { CodeVersion } from '../lib/codebook/passage';
import { SEEN_BY } from './access';
import type { Db, Transaction } from './client';
import { annotations } from './schema/annotations';
import { codes, codeVersions } from './schema/codebook';
import { notes } from './schema/notes';
import { users } from './schema/people';

function toCode(row: typeof codes.$inferSelect): Code {
  return Code.parse({
    ...row,
    created: row.created.toISOString(),
    modified: row.modified.toISOString(),
    deleted: row.deleted?.toISOString() ?? null,
  });
}

/**
 * Holds the codebook of a project to the end of the transaction: any number `use` its codes, one at a time changes them.
 * It is taken before any row and before the project's lock, by everybody.
 */
export async function lockCodebook(
  tx: Transaction,
  { projectId }: Pick<Grant, 'projectId'>,
  to: 'use' | 'change',
): Promise<void> {
  await tx.execute(
    to === 'use'
      ? sql`select pg_advisory_xact_lock_shared(hashtextextended(${projectId}, 7462))`
      : sql`select pg_advisory_xact_lock(hashtextextended(${projectId}, 7462))`,
  );
}

/** What a code says: each change of it is a version. */
export type CodeWords = Pick<Code, 'name' | 'definition' | 'whenToUse' | 'whenNot'>;

/** Adds a code with the first version of its words; `null` when the id exists already. */
export async function insertCode(
  tx: Transaction,
  grant: Grant,
  given: CodeWords & Pick<Code, 'id' | 'colour' | 'parentId' | 'rank' | 'splitFrom'>,
): Promise<Code | null> {
  const [row] = await tx
    .insert(codes)
    .values({ ...given, projectId: grant.projectId })
    .onConflictDoNothing()
    .returning();
  if (row === undefined) return null;
  const code = toCode(row);
  await insertCodeVersion(tx, grant, code);
  return code;
}

/** Keeps what a code says from now on. */
export async function insertCodeVersion(
  tx: Transaction,
  grant: Grant,
  {
    id,
    definitionVersion,
    name,
    definition,
    whenToUse,
    whenNot,
  }: CodeWords & Pick<Code, 'id' | 'definitionVersion'>,
): Promise<void> {
  const words = { name, definition, whenToUse, whenNot };
  await tx.insert(codeVersions).values({
    ...words,
    projectId: grant.projectId,
    codeId: id,
    version: definitionVersion,
    byId: grant.actor.userId,
  });
}

/** The codes of the project, oldest first. */
export async function selectCodes(db: Db, grant: Pick<Grant, 'projectId'>): Promise<Code[]> {
  const rows = await db
    .select()
    .from(codes)
    .where(and(eq(codes.projectId, grant.projectId), isNull(codes.deleted)))
    .orderBy(asc(codes.created), asc(codes.id));
  return rows.map(toCode);
}

/** The codes that were removed or merged, the last one first. */
export async function selectGoneCodes(db: Db, grant: Grant): Promise<Code[]> {
  const rows = await db
    .select()
    .from(codes)
    .where(and(eq(codes.projectId, grant.projectId), isNotNull(codes.deleted)))
    .orderBy(desc(codes.deleted), asc(codes.id))
    .limit(500);
  return rows.map(toCode);
}

/** One code of the project; a deleted one only when asked for. */
export async function selectCode(
  db: Db,
  grant: Pick<Grant, 'projectId'>,
  id: string,
  options: { deleted?: boolean } = {},
): Promise<Code | null> {
  const [row] = await db
    .select()
    .from(codes)
    .where(
      and(
        eq(codes.projectId, grant.projectId),
        eq(codes.id, id),
        options.deleted ? undefined : isNull(codes.deleted),
      ),
    );
  return row ? toCode(row) : null;
}

/** How many of these ids are codes of the project that are not deleted. */
export async function countCodes(db: Db, grant: Grant, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  return db.$count(
    codes,
    and(eq(codes.projectId, grant.projectId), isNull(codes.deleted), inArray(codes.id, [...ids])),
  );
}

/** What can be changed about a code; `deleted` takes it away or brings it back. */
export type CodeRowChange = Partial<
  CodeWords &
    Pick<
      Code,
      'colour' | 'parentId' | 'rank' | 'exampleIds' | 'memoNoteId' | 'definitionVersion' | 'mergedInto'
    > & { deleted: boolean }
>;

/** Changes a code, whose codebook is held, and answers it as it is then. */
export async function updateCodeRow(
  tx: Transaction,
  grant: Grant,
  id: string,
  change: CodeRowChange,
): Promise<Code> {
  const { deleted, ...fields } = change;
  const [row] = await tx
    .update(codes)
    .set({
      ...fields,
      ...(deleted === undefined ? {} : { deleted: deleted ? sql`now()` : null }),
      modified: sql`now()`,
      revision: sql`${codes.revision} + 1`,
    })
    .where(and(eq(codes.projectId, grant.projectId), eq(codes.id, id)))
    .returning();
  if (row === undefined) throw new Error('A code went away while its codebook was held');
  return toCode(row);
}

/** All that a code meant, the newest first. */
export async function selectCodeVersions(db: Db, grant: Grant, codeId: string): Promise<CodeVersion[]> {
  const rows = await db
    .select({ row: codeVersions, by: users.name })
    .from(codeVersions)
    .leftJoin(users, eq(users.id, codeVersions.byId))
    .where(and(eq(codeVersions.projectId, grant.projectId), eq(codeVersions.codeId, codeId)))
    .orderBy(sql`${codeVersions.version} desc`);
  return rows.map(({ row: { projectId: _, byId, at, ...words }, by }) => ({
    ...words,
    at: at.toISOString(),
    by: byId === null ? null : { id: byId, name: by ?? '' },
  }));
}

/** Whether these are all annotations of the project that are not deleted and that everybody may see. */
export async function areMarks(db: Db, grant: Grant, ids: readonly string[]): Promise<boolean> {
  const wanted = new Set(ids);
  if (wanted.size === 0) return true;
  const found = await db.$count(
    annotations,
    and(
      eq(annotations.projectId, grant.projectId),
      isNull(annotations.deleted),
      isNull(SEEN_BY),
      inArray(annotations.id, [...wanted]),
    ),
  );
  return found === wanted.size;
}

/** Whether this is a note of the project that is not deleted. */
export async function isNote(db: Db, grant: Grant, id: string): Promise<boolean> {
  return (
    (await db.$count(
      notes,
      and(eq(notes.projectId, grant.projectId), eq(notes.id, id), isNull(notes.deleted)),
    )) > 0
  );
}
