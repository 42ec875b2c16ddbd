import { endSignOffRows, selectClaimsOn } from '../../db/claims';
import type { Transaction } from '../../db/client';
import type { Grant } from '../../lib/access/grant';
import { publishAll } from '../events/publish';

/**
 * Tells of the claims that rest on a mark whose words were found to come from somewhere else: how many origins a claim has
 * hangs on it, and so does what was signed off. To be called with the project's lock held.
 */
export async function moveOrigins(tx: Transaction, grant: Grant, annotationId: string): Promise<void> {
  await endSignOffRows(tx, grant, [annotationId]);
  const claims = await selectClaimsOn(tx, grant, [annotationId]);
  const happenings = claims.map((claim) => ({
    type: 'claim.updated' as const,
    subject: { ...claim, did: 'evidence' as const },
  }));
  await publishAll(tx, grant, happenings);
}

/**
 * Ends the sign-offs of claims that rest on these marks, whose words somebody made others or took away: what was checked is
 * not what stands there now. To be called with the project's lock held, which an event takes.
 */
export async function endSignOffs(
  tx: Transaction,
  grant: Grant,
  annotationIds: readonly string[],
): Promise<void> {
  if (annotationIds.length === 0) return;
  const ended = new Set(await endSignOffRows(tx, grant, annotationIds));
  if (ended.size === 0) return;
  const claims = (await selectClaimsOn(tx, grant, annotationIds)).filter(({ id }) => ended.has(id));
  const happenings = claims.map((claim) => ({
    type: 'claim.updated' as const,
    subject: { ...claim, did: 'evidence' as const },
  }));
  await publishAll(tx, grant, happenings);
}
