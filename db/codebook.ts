import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import { Code } from '../lib/codebook/code';
import type { Db } from './client';
import { codes } from './schema/codebook';

function toCode(row: typeof codes.$inferSelect): Code {
  return Code.parse({
    ...row,
    created: row.created.toISOString(),
    modified: row.modified.toISOString(),
    deleted: row.deleted?.toISOString() ?? null,
  });
}

/** Adds a code; returns false when the id exists already. */
export async function insertCode(
  db: Db,
  grant: Grant,
  code: { id: string; name: string; colour: string; definition: string },
): Promise<boolean> {
  const rows = await db
    .insert(codes)
    .values({ ...code, projectId: grant.projectId })
    .onConflictDoNothing()
    .returning({ id: codes.id });
  return rows.length > 0;
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

/** Changes a code when it still has this revision; returns whether it had. */
export async function updateCodeRow(
  db: Db,
  grant: Grant,
  id: string,
  revision: number,
  change: { name?: string; colour?: string; definition?: string; deleted?: boolean },
): Promise<boolean> {
  const { deleted, ...fields } = change;
  const rows = await db
    .update(codes)
    .set({
      ...fields,
      ...(deleted ? { deleted: sql`now()` } : {}),
      modified: sql`now()`,
      revision: sql`${codes.revision} + 1`,
    })
    .where(and(eq(codes.projectId, grant.projectId), eq(codes.id, id), eq(codes.revision, revision)))
    .returning({ id: codes.id });
  return rows.length > 0;
}
