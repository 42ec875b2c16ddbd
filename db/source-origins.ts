import { and, eq } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { Db } from './client';
import { sourceOrigins } from './schema/claims';

/** Says that a source derives from another; returns false when that was said already. */
export async function insertOrigin(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  sourceId: string,
  originId: string,
): Promise<boolean> {
  const rows = await db
    .insert(sourceOrigins)
    .values({ projectId, sourceId, originId })
    .onConflictDoNothing()
    .returning({ sourceId: sourceOrigins.sourceId });
  return rows.length > 0;
}

/** Says no longer that a source derives from another; returns false when nobody said so. */
export async function deleteOrigin(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  sourceId: string,
  originId: string,
): Promise<boolean> {
  const rows = await db
    .delete(sourceOrigins)
    .where(
      and(
        eq(sourceOrigins.projectId, projectId),
        eq(sourceOrigins.sourceId, sourceId),
        eq(sourceOrigins.originId, originId),
      ),
    )
    .returning({ sourceId: sourceOrigins.sourceId });
  return rows.length > 0;
}
