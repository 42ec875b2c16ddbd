import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import { type ClaimStatus, defaultStatuses } from '../lib/claims/status';
import type { Db } from './client';
import { claimStatuses, claims } from './schema/claims';

/** The statuses of the project in order: its own, or the defaults while it has set none. */
export async function selectClaimStatuses(db: Db, grant: Pick<Grant, 'projectId'>): Promise<ClaimStatus[]> {
  const rows = await db
    .select()
    .from(claimStatuses)
    .where(eq(claimStatuses.projectId, grant.projectId))
    .orderBy(asc(claimStatuses.order), asc(claimStatuses.key));
  return rows.length === 0 ? defaultStatuses(grant.projectId) : rows;
}

/** Makes these the statuses of the project, in place of those there were. */
export async function replaceClaimStatuses(
  db: Db,
  grant: Pick<Grant, 'projectId'>,
  statuses: readonly ClaimStatus[],
): Promise<void> {
  await db.delete(claimStatuses).where(eq(claimStatuses.projectId, grant.projectId));
  await db.insert(claimStatuses).values([...statuses]);
}

/** How many claims of the project have each of these statuses, deleted ones too: they can come back. */
export async function countClaimsWith(
  db: Db,
  grant: Pick<Grant, 'projectId'>,
  keys: readonly string[],
): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .select({ key: claims.status, count: sql<number>`count(*)::int` })
    .from(claims)
    .where(and(eq(claims.projectId, grant.projectId), inArray(claims.status, [...keys])))
    .groupBy(claims.status);
  return new Map(rows.map(({ key, count }) => [key, count]));
}
