import type { Evidence } from '@/lib/claims/claim';
import type { call as Call } from '../ui/http';
import { CallError } from '../ui/http';
import type { ClaimChange, ClaimEdit } from './claim-changes';
import { holds, isCode } from './holds';
import type { Told } from './merge-news';

/** Others may change the same claim again and again; then it is read again and, where theirs is apart, ours put in again. */
const TRIES = 5;

/** Sends one change of a claim and gives back the claim as it is then. @throws CallError */
export async function sendClaim(
  change: ClaimChange,
  from: number,
  projectId: string,
  call: typeof Call,
): Promise<Told> {
  switch (change.type) {
    case 'claim.create': {
      const { id, wording, status, confidence, owner, due, tags, evidence } = change.claim;
      const body = {
        id,
        wording,
        status,
        confidence,
        owner: owner?.id ?? null,
        due,
        tags,
        evidence: evidence.map(bodyOf),
      };
      return { claims: [await call('claim.create', { params: { projectId }, body })] };
    }
    case 'claim.update':
      return { claims: [await sendEdit(change, from, projectId, call)] };
    case 'claim.delete':
      return { claims: [await call('claim.delete', { params: { projectId, claimId: change.id } })] };
    case 'claim.restore':
      return { claims: [await call('claim.restore', { params: { projectId, claimId: change.id } })] };
    case 'evidence.create': {
      const { evidence } = change;
      const params = { projectId, claimId: evidence.claimId };
      return { claims: [await call('evidence.create', { params, body: bodyOf(evidence) })] };
    }
    case 'evidence.update':
      return { claims: [await sendWeight(change, projectId, call)] };
    case 'evidence.remove':
      return { claims: [await sendRemoval(change, projectId, call)] };
  }
}

/** What is not said is left out: somebody may have brought the passage with a weight meanwhile. */
function bodyOf(evidence: Evidence) {
  const { id, annotationId, stance, reliability, credibility, note } = evidence;
  return {
    id,
    annotationId,
    stance,
    reliability: reliability ?? undefined,
    credibility: credibility ?? undefined,
    note: note ?? undefined,
  };
}

async function read(claimId: string, projectId: string, call: typeof Call) {
  const { passages: _, ...claim } = await call('claim.get', { params: { projectId, claimId } });
  return claim;
}

async function sendEdit(
  { id, edit, was }: Extract<ClaimChange, { type: 'claim.update' }>,
  from: number,
  projectId: string,
  call: typeof Call,
) {
  const params = { projectId, claimId: id };
  const { owner, ...fields } = edit;
  const body = owner === undefined ? fields : { ...fields, owner: owner?.id ?? null };
  let revision = from;
  for (let tries = 1; ; tries += 1) {
    try {
      return await call('claim.update', { params, body, ifMatch: revision || undefined });
    } catch (error) {
      if (!isCode(error, 'conflict')) throw error;
      const fresh = await read(id, projectId, call);
      // A change whose answer was lost comes back as a conflict with ourselves.
      if (fresh.deleted === null && holds(fresh, edit)) return fresh;
      if (fresh.deleted !== null || tries === TRIES) throw error;
      if (!standsOn(fresh, edit, was))
        throw new CallError(
          'conflict',
          'Somebody else changed this claim at the same time. Yours was not saved.',
        );
      revision = fresh.revision;
    }
  }
}

/** Whether nobody else changed what is edited: passages were brought, say, or a day was set. */
function standsOn(fresh: object, edit: ClaimEdit, was: ClaimEdit): boolean {
  const { reopened: _, ...edited } = edit;
  return Object.keys(edited).every((key) => key in was) && holds(fresh, { ...was, reopened: undefined });
}

async function sendWeight(
  { claimId, id, annotationId, edit }: Extract<ClaimChange, { type: 'evidence.update' }>,
  projectId: string,
  call: typeof Call,
) {
  const update = (evidenceId: string) =>
    call('evidence.update', { params: { projectId, claimId, evidenceId }, body: edit });
  try {
    return await update(id);
  } catch (error) {
    if (!isCode(error, 'not-found')) throw error;
    const { evidence } = await read(claimId, projectId, call);
    const twin = evidence.find((one) => one.annotationId === annotationId);
    if (twin === undefined) throw error;
    return update(twin.id);
  }
}

async function sendRemoval(
  { claimId, id }: Extract<ClaimChange, { type: 'evidence.remove' }>,
  projectId: string,
  call: typeof Call,
) {
  try {
    return await call('evidence.remove', { params: { projectId, claimId, evidenceId: id } });
  } catch (error) {
    if (!isCode(error, 'not-found')) throw error;
    // Taken away already, by somebody else or by us where the answer was lost.
    return read(claimId, projectId, call);
  }
}
