import type { Transaction } from '../../db/client';
import { selectMembers } from '../../db/members';
import type { Grant } from '../../lib/access/grant';
import type { Claim } from '../../lib/claims/claim';
import type { SourceWatch } from '../../lib/sources/watch';
import { tellPeople } from './tell';

/** Tells a claim's new owner that it was given to them; whoever gave it to themselves knows. */
export async function tellOfOwner(
  tx: Transaction,
  grant: Grant,
  claim: Claim,
  before: string | null,
): Promise<void> {
  const { actor } = grant;
  const owner = claim.owner?.id ?? null;
  if (owner === null || owner === before || owner === actor.userId) return;
  const member = (await selectMembers(tx, grant)).find(({ userId }) => userId === owner);
  if (member === undefined) return;
  await tellPeople(tx, grant, [
    { userId: owner, kind: 'claim-assigned', claimIds: [claim.id], byId: actor.userId },
  ]);
}

/** Tells whoever set a watch that it ended by itself, if they are still in the project. */
export async function tellOfStop(tx: Transaction, watch: SourceWatch): Promise<void> {
  const members = await selectMembers(tx, watch);
  if (!members.some(({ userId }) => userId === watch.creator.id)) return;
  await tellPeople(tx, watch, [{ userId: watch.creator.id, kind: 'watch-stopped', sourceId: watch.id }]);
}

/** Tells whoever made a webhook that it ended by itself, if they are still in the project. */
export async function tellOfWebhook(
  tx: Transaction,
  project: Pick<Grant, 'projectId'>,
  makerId: string,
): Promise<void> {
  const members = await selectMembers(tx, project);
  if (!members.some(({ userId }) => userId === makerId)) return;
  await tellPeople(tx, project, [{ userId: makerId, kind: 'webhook-stopped' }]);
}
