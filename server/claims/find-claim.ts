import { selectClaim } from '../../db/claims';
import type { Db, Transaction } from '../../db/client';
import { can } from '../../lib/access/can';
import type { Grant } from '../../lib/access/grant';
import type { Claim, ClaimDeed } from '../../lib/claims/claim';
import { AppError } from '../../lib/errors';
import { notFound } from '../edit';
import { publish } from '../events/publish';

/** One visible claim, deleted or not. @throws AppError not-found. */
export async function findClaim(db: Db, grant: Grant, id: string): Promise<Claim> {
  const claim = await selectClaim(db, grant, id);
  if (claim === null) throw notFound('claim');
  return claim;
}

/** The same, for whoever wants to change it. @throws AppError conflict when it was deleted. */
export async function findStanding(db: Db, grant: Grant, id: string): Promise<Claim> {
  const claim = await findClaim(db, grant, id);
  if (claim.deleted !== null) throw new AppError('conflict', 'This claim was deleted. Restore it first.');
  return claim;
}

/** Refuses an annotator who is none of these people; an editor may change any. */
export function mustBeTheirs(
  grant: Grant,
  people: readonly ({ id: string; name: string } | null)[],
  any: 'claim.update-any' | 'claim.delete-any' | 'evidence.update-any' | 'evidence.remove-any',
): void {
  const names = people.flatMap((one) => one ?? []);
  if (names.some(({ id }) => id === grant.actor.userId) || can(grant.role, any)) return;
  const who = [...new Set(names.map(({ name }) => name))].join(', ');
  throw new AppError('forbidden', `Only ${who} or an editor may do this.`);
}

/** Tells of a claim as it stands after a change, and answers it. */
export async function tellChange(tx: Transaction, grant: Grant, id: string, did: ClaimDeed): Promise<Claim> {
  const claim = await findClaim(tx, grant, id);
  await publish(tx, grant, { type: 'claim.updated', subject: { ...claim, did } });
  return claim;
}
