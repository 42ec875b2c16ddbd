import { updateClaimRow } from '../../db/claims';
import { database } from '../../db/client';
import { lockProject } from '../../db/events';
import type { Grant } from '../../lib/access/grant';
import type { Claim, ClaimChange } from '../../lib/claims/claim';
import { editClaim } from '../../lib/claims/edit-claim';
import { mustBeMember } from '../access/must-be-member';
import { baseRevision, changedMeanwhile } from '../edit';
import { publish } from '../events/publish';
import { tellOfOwner } from '../notices/work';
import { eachOnce, statusOf } from './create-claim';
import { findClaim, findStanding, mustBeTheirs, tellChange } from './find-claim';

/**
 * Changes a claim: whoever made it or owns it theirs, an editor any. Another wording or status ends its sign-off; a status
 * says that what re-opened it is seen to.
 * @throws AppError conflict when it moved on, invalid for a status or an owner the project does not have.
 */
export async function updateClaim(
  grant: Grant,
  id: string,
  change: ClaimChange,
  ifMatch: number | null,
): Promise<Claim> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const before = await findStanding(tx, grant, id);
    mustBeTheirs(grant, [before.creator, before.owner], 'claim.update-any');
    const revision = baseRevision(before, ifMatch);
    const { owner, tags, ...fields } = change;
    // A status that a claim has may stay, whatever became of it.
    if (fields.status !== undefined && fields.status !== before.status)
      await statusOf(tx, grant, fields.status);
    if (owner !== undefined && owner !== before.owner?.id)
      await mustBeMember(tx, grant, owner, 'own a claim');
    const after = editClaim(before, fields);
    const changed = await updateClaimRow(tx, grant, id, revision, {
      wording: after.wording,
      status: after.status,
      confidence: after.confidence,
      due: after.due,
      ...(tags === undefined ? {} : { tags: eachOnce(tags) }),
      ...(owner === undefined ? {} : { ownerId: owner }),
      ...(after.signedOff === null ? { signedOff: null } : {}),
      ...(after.reopened === null ? { reopened: null } : {}),
    });
    if (!changed) throw changedMeanwhile();
    const claim = await tellChange(tx, grant, id, 'edited');
    await tellOfOwner(tx, grant, claim, before.owner?.id ?? null);
    return claim;
  });
}

async function setDeleted(
  grant: Grant,
  id: string,
  deleted: boolean,
  ifMatch: number | null,
): Promise<Claim> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const before = await findClaim(tx, grant, id);
    mustBeTheirs(grant, [before.creator], 'claim.delete-any');
    if ((before.deleted !== null) === deleted) return before;
    if (!(await updateClaimRow(tx, grant, id, baseRevision(before, ifMatch), { deleted })))
      throw changedMeanwhile();
    const claim = await findClaim(tx, grant, id);
    await publish(tx, grant, { type: deleted ? 'claim.deleted' : 'claim.restored', subject: claim });
    return claim;
  });
}

/** Deletes a claim so that it can be restored; deleting twice is no error. */
export async function deleteClaim(grant: Grant, id: string, ifMatch: number | null): Promise<Claim> {
  return setDeleted(grant, id, true, ifMatch);
}

/** Restores a deleted claim, with its evidence. */
export async function restoreClaim(grant: Grant, id: string): Promise<Claim> {
  return setDeleted(grant, id, false, null);
}
