import { countClaimsWith, replaceClaimStatuses, selectClaimStatuses } from '../../db/claim-statuses';
import { database, type Transaction } from '../../db/client';
import { lockProject } from '../../db/events';
import type { Grant } from '../../lib/access/grant';
import { type ClaimStatus, type ClaimStatusesGiven, keyFor } from '../../lib/claims/status';
import { AppError } from '../../lib/errors';
import { publish } from '../events/publish';

type Statuses = { items: ClaimStatus[]; nextCursor: null };

/** The statuses of a project in order; the defaults until it sets its own. */
export async function listClaimStatuses(grant: Grant): Promise<Statuses> {
  return { items: await selectClaimStatuses(database(), grant), nextCursor: null };
}

/** The list with keys for what is new, in order. @throws AppError invalid when a key or a name comes twice. */
function withKeys(grant: Grant, given: ClaimStatusesGiven['statuses']): ClaimStatus[] {
  const taken = new Set(given.flatMap(({ key }) => key ?? []));
  const statuses = given.map((one, order): ClaimStatus => {
    const key = one.key ?? keyFor(one.name, taken);
    taken.add(key);
    return { ...one, projectId: grant.projectId, key, order };
  });
  const names = new Set(statuses.map(({ name }) => name.toLowerCase()));
  if (taken.size < statuses.length || names.size < statuses.length)
    throw new AppError('invalid', 'A status is named twice. Give each one a name of its own.');
  return statuses;
}

async function mustBeUnused(tx: Transaction, grant: Grant, gone: readonly ClaimStatus[]): Promise<void> {
  const keys = gone.map(({ key }) => key);
  const used = await countClaimsWith(tx, grant, keys);
  for (const { key, name } of gone) {
    const count = used.get(key) ?? 0;
    if (count === 0) continue;
    const claims = count === 1 ? '1 claim has' : `${count} claims have`;
    throw new AppError('conflict', `${claims} the status “${name}”. Give them another one first.`);
  }
}

const isSameSet = (one: readonly string[], other: readonly string[]) =>
  JSON.stringify([...new Set(one)].sort()) === JSON.stringify([...new Set(other)].sort());

/**
 * Makes these the statuses of the project: renames, adds, orders, and removes those left out.
 * @throws AppError conflict when a removed one is in use, or the list is another than the one that was read (`before`).
 */
export async function setClaimStatuses(grant: Grant, input: ClaimStatusesGiven): Promise<Statuses> {
  const statuses = withKeys(grant, input.statuses);
  return database().transaction(async (tx) => {
    // Whoever gives a claim a status holds it too: none goes while it is given.
    await lockProject(tx, grant);
    const standing = await selectClaimStatuses(tx, grant);
    if (
      input.before &&
      !isSameSet(
        input.before,
        standing.map(({ key }) => key),
      )
    )
      throw new AppError('conflict', 'Somebody added or removed a status meanwhile. Load them again.');
    const kept = new Set(statuses.map(({ key }) => key));
    await mustBeUnused(
      tx,
      grant,
      standing.filter(({ key }) => !kept.has(key)),
    );
    await replaceClaimStatuses(tx, grant, statuses);
    await publish(tx, grant, { type: 'claim-status.set', subject: { id: grant.projectId, statuses } });
    return { items: statuses, nextCursor: null };
  });
}
