import { database } from '../../db/client';
import { lockProject } from '../../db/events';
import { updateFollowUpRow } from '../../db/follow-ups';
import { can } from '../../lib/access/can';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import type { FollowUp, FollowUpChange } from '../../lib/follow-ups/follow-up';
import { mustBeMember } from '../access/must-be-member';
import { baseRevision, changedMeanwhile } from '../edit';
import { publish } from '../events/publish';
import { findFollowUp } from './read-follow-ups';
import { tellOfChange } from './tell';

/** Refuses an annotator who is none of these people; an editor may change any. */
function mustBeTheirs(
  grant: Grant,
  people: readonly (FollowUp['owner'] | FollowUp['creator'])[],
  any: 'follow-up.update-any' | 'follow-up.delete-any',
): void {
  const names = people.flatMap((one) => one ?? []);
  if (names.some(({ id }) => id === grant.actor.userId) || can(grant.role, any)) return;
  const who = [...new Set(names.map(({ name }) => name))].join(', ');
  throw new AppError('forbidden', `Only ${who} or an editor may do this.`);
}

/**
 * Changes a follow-up: whoever made it or owns it theirs, an editor any.
 * @throws AppError conflict when it moved on or was deleted, invalid for an owner who is no member.
 */
export async function updateFollowUp(
  grant: Grant,
  id: string,
  { owner, ...fields }: FollowUpChange,
  ifMatch: number | null,
): Promise<FollowUp> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const before = await findFollowUp(tx, grant, id);
    if (before.deleted !== null)
      throw new AppError('conflict', 'This follow-up was deleted. Restore it first.');
    mustBeTheirs(grant, [before.creator, before.owner], 'follow-up.update-any');
    const revision = baseRevision(before, ifMatch);
    if (owner !== undefined && owner !== before.owner?.id)
      await mustBeMember(tx, grant, owner, 'own a follow-up');
    const change = { ...fields, ...(owner === undefined ? {} : { ownerId: owner }) };
    if (!(await updateFollowUpRow(tx, grant, id, revision, change))) throw changedMeanwhile();
    const followUp = await findFollowUp(tx, grant, id);
    await publish(tx, grant, { type: 'follow-up.updated', subject: followUp });
    await tellOfChange(tx, grant, before, followUp);
    return followUp;
  });
}

async function setDeleted(
  grant: Grant,
  id: string,
  deleted: boolean,
  ifMatch: number | null,
): Promise<FollowUp> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const before = await findFollowUp(tx, grant, id);
    mustBeTheirs(grant, [before.creator], 'follow-up.delete-any');
    if ((before.deleted !== null) === deleted) return before;
    if (!(await updateFollowUpRow(tx, grant, id, baseRevision(before, ifMatch), { deleted })))
      throw changedMeanwhile();
    const followUp = await findFollowUp(tx, grant, id);
    await publish(tx, grant, {
      type: deleted ? 'follow-up.deleted' : 'follow-up.restored',
      subject: followUp,
    });
    return followUp;
  });
}

/** Deletes a follow-up so that it can be restored; deleting twice is no error. @throws AppError not-found, forbidden. */
export async function deleteFollowUp(grant: Grant, id: string, ifMatch: number | null): Promise<FollowUp> {
  return setDeleted(grant, id, true, ifMatch);
}

/** Restores a deleted follow-up. @throws AppError not-found, forbidden. */
export async function restoreFollowUp(grant: Grant, id: string): Promise<FollowUp> {
  return setDeleted(grant, id, false, null);
}
