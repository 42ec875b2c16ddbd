import { endSignOffRows, selectClaimsOn } from '../../db/claims';
import type { Transaction } from '../../db/client';
import type { Grant } from '../../lib/access/grant';
import { publishAll } from '../events/publish';

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
