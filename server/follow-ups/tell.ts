import type { Transaction } from '../../db/client';
import type { Grant } from '../../lib/access/grant';
import type { FollowUp } from '../../lib/follow-ups/follow-up';
import { listenersAmong } from '../notices/listeners';
import { tellPeople } from '../notices/tell';

/**
 * Tells people of what somebody did to a follow-up (`before` is null for a new one): whom it was given to, and whoever made
 * or owns it that it is done. Nobody is told of what they did themselves, or may not see.
 */
export async function tellOfChange(
  tx: Transaction,
  grant: Grant,
  before: FollowUp | null,
  after: FollowUp,
): Promise<void> {
  const byId = grant.actor.userId;
  const told = [];
  const ownerId = after.owner?.id ?? null;
  const isGiven = ownerId !== null && ownerId !== before?.owner?.id;
  if (isGiven && ownerId !== byId)
    told.push({ kind: 'follow-up-assigned' as const, userId: ownerId, followUpId: after.id, byId });
  if (after.state === 'done' && before !== null && before.state !== 'done') {
    const people = new Set([after.creator.id, ...(ownerId === null || isGiven ? [] : [ownerId])]);
    people.delete(byId);
    for (const userId of people)
      told.push({ kind: 'follow-up-done' as const, userId, followUpId: after.id, byId });
  }
  const people = told.map(({ userId }) => userId);
  const listeners = await listenersAmong(tx, grant, after.raisedBy?.annotationId ?? null, people);
  await tellPeople(
    tx,
    grant,
    told.filter(({ userId }) => listeners.includes(userId)),
  );
}
