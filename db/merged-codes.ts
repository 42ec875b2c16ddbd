import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { Db } from './client';
import { codes } from './schema/codebook';

/** A code and all that were merged into it, at whatever remove, as a subquery of their ids. */
export function codesIn({ projectId }: Pick<Grant, 'projectId'>, id: string): SQL {
  return sql`(with recursive family as (
    select ${id}::uuid as id
    union select c.id from family f join codes c on c.merged_into = f.id and c.project_id = ${projectId}
  ) select id from family)`;
}

/** The code that stands for this one: itself, or the one that it went into by merges; `null` where none stands. */
export async function selectStandingCode(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  id: string,
): Promise<string | null> {
  const [row] = await db
    .select({ id: sql<string | null>`gloss_standing_code(${codes.id})` })
    .from(codes)
    .where(and(eq(codes.projectId, projectId), eq(codes.id, id)));
  return row?.id ?? null;
}
