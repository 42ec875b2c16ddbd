import { selectClaimStatuses } from '../../db/claim-statuses';
import { insertClaim, selectClaim } from '../../db/claims';
import { database, type Transaction } from '../../db/client';
import { lockProject } from '../../db/events';
import { countStandingAnnotations, insertEvidence } from '../../db/evidence';
import type { Grant } from '../../lib/access/grant';
import type { Claim, NewClaim, NewEvidence } from '../../lib/claims/claim';
import { AppError } from '../../lib/errors';
import { newId } from '../../lib/new-id';
import { mustBeMember } from '../access/must-be-member';
import { mustBeShown } from '../access/must-be-shown';
import { publish } from '../events/publish';
import { tellOfOwner } from '../notices/work';
import { findClaim } from './find-claim';

/** The status that is meant, the project's first one when none is named. @throws AppError invalid when it has no such. */
export async function statusOf(tx: Transaction, grant: Grant, key: string | undefined): Promise<string> {
  const statuses = await selectClaimStatuses(tx, grant);
  const status = key === undefined ? statuses[0] : statuses.find((one) => one.key === key);
  if (status === undefined) {
    const keys = statuses.map((one) => one.key).join(', ');
    throw new AppError('invalid', `This project has no status “${key}”. It has: ${keys}.`);
  }
  return status.key;
}

/** What is stored of a passage that is brought, with an id. */
export function evidenceFields(given: NewEvidence) {
  return {
    id: given.id ?? newId(),
    annotationId: given.annotationId,
    stance: given.stance,
    reliability: given.reliability ?? null,
    credibility: given.credibility ?? null,
    note: given.note || null,
  };
}

/** Tags as they are kept: each once. */
export const eachOnce = (tags: readonly string[]): string[] => [...new Set(tags)];

/**
 * States a claim, with the passages that bear on it. The same id twice answers the existing claim.
 * @throws AppError not-found when a passage is not there, invalid for a status or an owner the project does not have.
 */
export async function createClaim(grant: Grant, input: NewClaim): Promise<Claim> {
  const id = input.id ?? newId();
  return database().transaction(async (tx) => {
    // Before any row, as for codes; and no status or passage goes meanwhile.
    await lockProject(tx, grant);
    const standing = await selectClaim(tx, grant, id);
    if (standing !== null) return standing;
    const ownerId = input.owner ?? null;
    const status = await statusOf(tx, grant, input.status);
    await mustBeMember(tx, grant, ownerId, 'own a claim');
    const brought = input.evidence.map(evidenceFields);
    await mustStand(tx, grant, brought);
    const { wording, confidence = null, due = null, tags } = input;
    const fields = { id, wording, status, confidence, ownerId, due, tags: eachOnce(tags) };
    const made = await insertClaim(tx, grant, fields);
    if (!made || (await insertEvidence(tx, grant, id, brought)) < brought.length)
      throw new AppError('conflict', 'This id is taken. Choose another.');
    const claim = await findClaim(tx, grant, id);
    await publish(tx, grant, { type: 'claim.created', subject: claim });
    await tellOfOwner(tx, grant, claim, null);
    return claim;
  });
}

/** Refuses passages that are not there, and the same one twice. */
async function mustStand(
  tx: Transaction,
  grant: Grant,
  brought: readonly { annotationId: string }[],
): Promise<void> {
  const ids = new Set(brought.map(({ annotationId }) => annotationId));
  if (ids.size < brought.length)
    throw new AppError('invalid', 'A passage is given twice. Name each passage of a claim once.');
  if ((await countStandingAnnotations(tx, grant, [...ids])) < ids.size)
    throw new AppError('not-found', 'There is no such annotation in this project.');
  await mustBeShown(tx, grant, [...ids]);
}
