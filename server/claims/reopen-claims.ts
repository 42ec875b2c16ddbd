import { reopenClaimRows, selectClaimsOn } from '../../db/claims';
import type { Transaction } from '../../db/client';
import type { Grant } from '../../lib/access/grant';
import { publishAll } from '../events/publish';

/**
 * Re-opens the claims that rest on marks which a version of their source touched: each says so and loses its sign-off, and
 * keeps its status until somebody sets it. The project's lock is held, so that no passage is brought meanwhile. Answers
 * the ids of the claims.
 */
export async function reopenClaims(
  tx: Transaction,
  grant: Grant,
  because: { readonly sourceId: string; readonly version: number; readonly touched: readonly string[] },
): Promise<string[]> {
  const { touched, ...version } = because;
  if (touched.length === 0) return [];
  await reopenClaimRows(tx, grant, touched, version);
  const claims = await selectClaimsOn(tx, grant, touched);
  const happenings = claims.map((claim) => ({
    type: 'claim.updated' as const,
    subject: { ...claim, did: 'reopened' as const },
  }));
  await publishAll(tx, grant, happenings);
  return claims.map(({ id }) => id);
}
