import { updateClaimRow } from '../../db/claims';
import { database, type Transaction } from '../../db/client';
import { lockProject } from '../../db/events';
import {
  countStandingAnnotations,
  deleteEvidence,
  type EvidenceFields,
  insertEvidence,
  updateEvidenceRow,
} from '../../db/evidence';
import type { Grant } from '../../lib/access/grant';
import {
  type Claim,
  type Evidence,
  type EvidenceChange,
  MOST_EVIDENCE,
  type NewEvidence,
} from '../../lib/claims/claim';
import { AppError } from '../../lib/errors';
import { mustBeShown } from '../access/must-be-shown';
import { baseRevision, changedMeanwhile, notFound } from '../edit';
import { evidenceFields } from './create-claim';
import { findStanding, mustBeTheirs, tellChange } from './find-claim';

/** What other evidence does to its claim: it counts as a change, and ends the sign-off. */
async function touchClaim(tx: Transaction, grant: Grant, before: Claim): Promise<Claim> {
  if (!(await updateClaimRow(tx, grant, before.id, before.revision, { signedOff: null })))
    throw changedMeanwhile();
  return tellChange(tx, grant, before.id, 'evidence');
}

function differs(standing: Evidence, change: Partial<EvidenceFields>): boolean {
  return (Object.keys(change) as (keyof EvidenceFields)[]).some((key) => standing[key] !== change[key]);
}

/** Of what was given for a passage that is there already, what is said anew: what is left out stays. */
function given(input: NewEvidence | EvidenceChange): Partial<EvidenceFields> {
  const { stance, reliability, credibility, note } = input;
  return {
    ...(stance === undefined ? {} : { stance }),
    ...(reliability === undefined ? {} : { reliability }),
    ...(credibility === undefined ? {} : { credibility }),
    ...(note === undefined ? {} : { note: note || null }),
  };
}

async function change(
  tx: Transaction,
  grant: Grant,
  claim: Claim,
  standing: Evidence,
  fields: Partial<EvidenceFields>,
): Promise<Claim> {
  if (!differs(standing, fields)) return claim;
  mustBeTheirs(grant, [standing.creator], 'evidence.update-any');
  await updateEvidenceRow(tx, grant, standing.id, fields);
  return touchClaim(tx, grant, claim);
}

/**
 * Brings a passage to a claim. One that is there already takes what is given, and what is left out stays as it is; with
 * nothing new it is no change.
 * @throws AppError not-found when there is no such passage, conflict when the claim has as many as it takes.
 */
export async function createEvidence(grant: Grant, claimId: string, input: NewEvidence): Promise<Claim> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const claim = await findStanding(tx, grant, claimId);
    const standing = claim.evidence.find(({ annotationId }) => annotationId === input.annotationId);
    if (standing !== undefined) return change(tx, grant, claim, standing, given(input));
    if (claim.evidence.length >= MOST_EVIDENCE)
      throw new AppError('conflict', `A claim takes ${MOST_EVIDENCE} passages. Take one away first.`);
    if ((await countStandingAnnotations(tx, grant, [input.annotationId])) === 0) throw notFound('annotation');
    await mustBeShown(tx, grant, [input.annotationId]);
    if ((await insertEvidence(tx, grant, claimId, [evidenceFields(input)])) === 0)
      throw new AppError('conflict', 'This id is taken. Choose another.');
    return touchClaim(tx, grant, claim);
  });
}

function mustHave(claim: Claim, id: string): Evidence {
  const standing = claim.evidence.find((one) => one.id === id);
  if (standing === undefined) throw notFound('evidence');
  return standing;
}

/** Changes what a passage does for a claim, or its weight. `ifMatch` is the revision of the evidence. */
export async function updateEvidence(
  grant: Grant,
  claimId: string,
  id: string,
  input: EvidenceChange,
  ifMatch: number | null,
): Promise<Claim> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const claim = await findStanding(tx, grant, claimId);
    const standing = mustHave(claim, id);
    mustBeTheirs(grant, [standing.creator], 'evidence.update-any');
    baseRevision(standing, ifMatch);
    return change(tx, grant, claim, standing, given(input));
  });
}

/** Takes a passage away from a claim; the mark stays. `ifMatch` is the revision of the evidence. */
export async function removeEvidence(
  grant: Grant,
  claimId: string,
  id: string,
  ifMatch: number | null,
): Promise<Claim> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const claim = await findStanding(tx, grant, claimId);
    const standing = mustHave(claim, id);
    mustBeTheirs(grant, [standing.creator], 'evidence.remove-any');
    baseRevision(standing, ifMatch);
    await deleteEvidence(tx, grant, id);
    return touchClaim(tx, grant, claim);
  });
}
