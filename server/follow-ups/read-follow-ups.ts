import { type Db, database } from '../../db/client';
import { type FollowUpFilter, selectFollowUp, selectFollowUps } from '../../db/follow-ups';
import type { Grant } from '../../lib/access/grant';
import type { FollowUp } from '../../lib/follow-ups/follow-up';
import { notFound, toPage } from '../edit';

/** The follow-ups of a project, filtered, in the order they were made. */
export async function listFollowUps(
  grant: Grant,
  query: FollowUpFilter & { limit: number; cursor?: string },
): Promise<{ items: FollowUp[]; nextCursor: string | null }> {
  const { limit, cursor, ...filter } = query;
  return toPage(await selectFollowUps(database(), grant, filter, { limit: limit + 1, cursor }), limit);
}

/** One visible follow-up, deleted or not. @throws AppError not-found. */
export async function findFollowUp(db: Db, grant: Grant, id: string): Promise<FollowUp> {
  const followUp = await selectFollowUp(db, grant, id);
  if (followUp === null) throw notFound('follow-up');
  return followUp;
}

/** The same, outside of any transaction. @throws AppError not-found. */
export async function getFollowUp(grant: Grant, id: string): Promise<FollowUp> {
  return findFollowUp(database(), grant, id);
}
