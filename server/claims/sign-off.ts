import { updateClaimRow } from '../../db/claims';
import { database } from '../../db/client';
import { lockProject } from '../../db/events';
import type { Grant } from '../../lib/access/grant';
import type { Claim, ClaimDeed } from '../../lib/claims/claim';
import { baseRevision, changedMeanwhile } from '../edit';
import { findStanding, tellChange } from './find-claim';

async function sign(
  grant: Grant,
  id: string,
  ifMatch: number | null,
  { signed, did }: { signed: boolean; did: ClaimDeed },
): Promise<Claim> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const before = await findStanding(tx, grant, id);
    const stands = before.signedOff;
    if (signed ? stands?.by.id === grant.actor.userId : stands === null) return before;
    const change = signed ? ({ signedOff: 'now', reopened: null } as const) : { signedOff: null };
    if (!(await updateClaimRow(tx, grant, id, baseRevision(before, ifMatch), change)))
      throw changedMeanwhile();
    return tellChange(tx, grant, id, did);
  });
}

/**
 * Records that the actor checked a claim as it is in this revision; what re-opened it is seen to with that. Another's
 * sign-off gives way to this one and stays in the log; their own, twice, is no error.
 * @throws AppError conflict when the claim moved on since it was read.
 */
export async function signOffClaim(grant: Grant, id: string, ifMatch: number | null): Promise<Claim> {
  return sign(grant, id, ifMatch, { signed: true, did: 'signed-off' });
}

/** Takes a sign-off back, one's own or another's; the log keeps both. */
export async function unsignClaim(grant: Grant, id: string, ifMatch: number | null): Promise<Claim> {
  return sign(grant, id, ifMatch, { signed: false, did: 'unsigned' });
}
