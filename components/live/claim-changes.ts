import type { Claim, Evidence } from '@/lib/claims/claim';
import { editClaim } from '@/lib/claims/edit-claim';

/** `owner` with their name, so that it is painted at once; `reopened: null` says that it is seen to. */
export type ClaimEdit = Partial<
  Pick<Claim, 'wording' | 'status' | 'confidence' | 'owner' | 'due' | 'tags'> & { reopened: null }
>;
export type EvidenceEdit = Partial<Pick<Evidence, 'stance' | 'reliability' | 'credibility' | 'note'>>;

/** What the person at this page wants changed about a claim or the passages brought to it. */
export type ClaimChange =
  | { type: 'claim.create'; claim: Claim }
  /** `was`: the edited fields before; when others changed only the rest meanwhile, the edit still stands. */
  | { type: 'claim.update'; id: string; edit: ClaimEdit; was: ClaimEdit }
  | { type: 'claim.delete'; id: string; at: string }
  | { type: 'claim.restore'; id: string }
  | { type: 'evidence.create'; evidence: Evidence }
  /** `annotationId`: when somebody else brought the same passage first, it stands under an id of theirs. */
  | { type: 'evidence.update'; claimId: string; id: string; annotationId: string; edit: EvidenceEdit }
  | { type: 'evidence.remove'; claimId: string; id: string };

const CLAIM_CHANGES: ReadonlySet<string> = new Set<ClaimChange['type']>([
  'claim.create',
  'claim.update',
  'claim.delete',
  'claim.restore',
  'evidence.create',
  'evidence.update',
  'evidence.remove',
]);

export function isClaimChange(change: { type: string }): change is ClaimChange {
  return CLAIM_CHANGES.has(change.type);
}

/** The claim that a change is about. */
export function claimIdOf(change: ClaimChange): string {
  switch (change.type) {
    case 'claim.create':
      return change.claim.id;
    case 'evidence.create':
      return change.evidence.claimId;
    case 'evidence.update':
    case 'evidence.remove':
      return change.claimId;
    default:
      return change.id;
  }
}

/** Whether a change brings this mark to a claim, and can't stand without it. */
export function bringsMark(change: ClaimChange, annotationId: string): boolean {
  if (change.type === 'evidence.create') return change.evidence.annotationId === annotationId;
  if (change.type !== 'claim.create') return false;
  return change.claim.evidence.some((one) => one.annotationId === annotationId);
}

/** The claim as it looks with a change of it; `undefined` stays so unless the change makes it. */
export function paintClaim(claim: Claim | undefined, change: ClaimChange): Claim | undefined {
  if (change.type === 'claim.create') return claim ?? change.claim;
  if (claim === undefined) return undefined;
  switch (change.type) {
    case 'claim.update':
      return editClaim(claim, change.edit);
    case 'claim.delete':
      return { ...claim, deleted: change.at };
    case 'claim.restore':
      return { ...claim, deleted: null };
    case 'evidence.create':
      return withEvidence(claim, bring(claim.evidence, change.evidence));
    case 'evidence.update':
      return withEvidence(
        claim,
        claim.evidence.map((one) => (isMeant(one, change) ? { ...one, ...change.edit } : one)),
      );
    case 'evidence.remove':
      return withEvidence(
        claim,
        claim.evidence.filter(({ id }) => id !== change.id),
      );
  }
}

function isMeant(one: Evidence, { id, annotationId }: { id: string; annotationId: string }): boolean {
  return one.id === id || one.annotationId === annotationId;
}

/** Other evidence ends the sign-off. */
function withEvidence(claim: Claim, evidence: Evidence[]): Claim {
  return { ...claim, evidence, signedOff: null };
}

/** One passage once: what is there already takes what is said anew, and keeps the rest. */
function bring(standing: readonly Evidence[], brought: Evidence): Evidence[] {
  const twin = standing.find(({ annotationId }) => annotationId === brought.annotationId);
  if (twin === undefined) return [...standing, brought];
  const { stance, reliability, credibility, note } = brought;
  const next = {
    ...twin,
    stance,
    reliability: reliability ?? twin.reliability,
    credibility: credibility ?? twin.credibility,
    note: note ?? twin.note,
  };
  return standing.map((one) => (one === twin ? next : one));
}

/** The values that the fields of an edit have now. */
export function fieldsOf<T extends object, E extends object>(thing: T, edit: E): E {
  return Object.fromEntries(
    Object.keys(edit).map((key) => [key, (thing as Record<string, unknown>)[key]]),
  ) as E;
}

/** The change that takes a change of this claim back, as seen before it is made; `null` where it can't be taken back. */
export function inverseOfClaim(
  before: Claim | undefined,
  change: ClaimChange,
  now: string,
): ClaimChange | null {
  switch (change.type) {
    case 'claim.create':
      return { type: 'claim.delete', id: change.claim.id, at: now };
    case 'claim.restore':
      return { type: 'claim.delete', id: change.id, at: now };
    case 'claim.delete':
      return { type: 'claim.restore', id: change.id };
    case 'claim.update': {
      // That it was re-opened is not said again: nothing happened to its source meanwhile.
      const { reopened: _, ...edit } = change.was;
      const { reopened: __, ...was } = change.edit;
      return Object.keys(edit).length === 0 ? null : { type: 'claim.update', id: change.id, edit, was };
    }
    case 'evidence.create': {
      const { claimId, annotationId, id } = change.evidence;
      const twin = before?.evidence.find((one) => one.annotationId === annotationId);
      if (twin === undefined) return { type: 'evidence.remove', claimId, id };
      const { stance, reliability, credibility, note } = twin;
      return {
        type: 'evidence.update',
        claimId,
        id: twin.id,
        annotationId,
        edit: { stance, reliability, credibility, note },
      };
    }
    case 'evidence.update': {
      const standing = before?.evidence.find((one) => isMeant(one, change));
      return standing === undefined ? null : { ...change, edit: fieldsOf(standing, change.edit) };
    }
    case 'evidence.remove': {
      const standing = before?.evidence.find(({ id }) => id === change.id);
      return standing === undefined ? null : { type: 'evidence.create', evidence: standing };
    }
  }
}

/** What a change of a claim did, for "Undone: …". */
export function nameOfClaim(change: ClaimChange): string {
  switch (change.type) {
    case 'claim.create':
      return 'claim';
    case 'claim.update':
      return 'change of a claim';
    case 'claim.delete':
      return 'deletion of a claim';
    case 'claim.restore':
      return 'restoring of a claim';
    default:
      return 'change of evidence';
  }
}
