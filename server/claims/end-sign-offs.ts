import { endSignOffRows, selectClaim } from '../../db/claims';
import type { Transaction } from '../../db/client';
import type { Grant } from '../../lib/access/grant';
import type { Claim } from '../../lib/claims/claim';
import { publish } from '../events/publish';

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
  for (const id of await endSignOffRows(tx, grant, annotationIds)) {
    const claim = (await selectClaim(tx, grant, id)) as Claim;
    await publish(tx, grant, { type: 'claim.updated', subject: { ...claim, did: 'evidence' } });
  }
}
