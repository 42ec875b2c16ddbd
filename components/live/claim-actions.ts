import { originOfQuote } from '@/lib/claims/chain-origins';
import type { Claim, Evidence } from '@/lib/claims/claim';
import { newId } from '@/lib/new-id';
import { type ClaimChange, type ClaimEdit, type EvidenceEdit, fieldsOf } from './claim-changes';
import type { ProjectState } from './project-state';

/** A passage that is brought; a weight that is left out is none. */
export type NewEvidence = Pick<Evidence, 'annotationId' | 'stance'> &
  Partial<Pick<Evidence, 'reliability' | 'credibility' | 'note'>>;
/** What is said about a new claim; the rest is filled in here. */
export type NewClaim = Pick<Claim, 'wording'> &
  Partial<Pick<Claim, 'id' | 'status' | 'confidence' | 'owner' | 'due' | 'tags'>> & {
    evidence?: readonly NewEvidence[];
  };

/** What a component can do to the claims of the open project. */
export function claimActions(
  getState: () => ProjectState,
  make: (change: ClaimChange) => void,
  now: () => string,
) {
  const me = () => ({ id: getState().me.id, name: getState().me.name });
  const brought = (claimId: string, given: NewEvidence): Evidence => ({
    reliability: null,
    credibility: null,
    note: null,
    ...given,
    id: newId(),
    claimId,
    sourceId: getState().annotations.get(given.annotationId)?.sourceId ?? '',
    origin: originOfQuote(getState().annotations.get(given.annotationId)?.quote ?? null),
    creator: me(),
    created: now(),
    revision: 0,
  });
  return {
    /** Paints a new claim at once and sends it. Returns its id. */
    createClaim({ evidence = [], ...given }: NewClaim): string {
      const id = given.id ?? newId();
      const at = now();
      const { project, claimStatuses } = getState();
      make({
        type: 'claim.create',
        claim: {
          status: claimStatuses[0]?.key ?? 'unverified',
          confidence: null,
          owner: null,
          due: null,
          tags: [],
          ...given,
          id,
          wording: given.wording.trim(),
          projectId: project.id,
          creator: me(),
          created: at,
          modified: at,
          revision: 0,
          deleted: null,
          signedOff: null,
          reopened: null,
          evidence: evidence.map((one) => brought(id, one)),
        },
      });
      return id;
    },
    updateClaim(id: string, edit: ClaimEdit): void {
      const claim = getState().claims.get(id);
      make({
        type: 'claim.update',
        id,
        edit,
        was: claim === undefined ? {} : fieldsOf<Claim, ClaimEdit>(claim, edit),
      });
    },
    removeClaim(id: string): void {
      make({ type: 'claim.delete', id, at: now() });
    },
    restoreClaim(id: string): void {
      make({ type: 'claim.restore', id });
    },
    /** Brings a passage to a claim; one that is there already takes the stance, and the weight that is given. Returns the evidence's id. */
    addEvidence(
      claimId: string,
      annotationId: string,
      stance: Evidence['stance'],
      weight: Omit<NewEvidence, 'annotationId' | 'stance'> = {},
    ): string {
      const twin = getState()
        .claims.get(claimId)
        ?.evidence.find((one) => one.annotationId === annotationId);
      if (twin !== undefined) {
        make({ type: 'evidence.update', claimId, id: twin.id, annotationId, edit: { ...weight, stance } });
        return twin.id;
      }
      const evidence = brought(claimId, { ...weight, annotationId, stance });
      make({ type: 'evidence.create', evidence });
      return evidence.id;
    },
    updateEvidence(claimId: string, evidenceId: string, edit: EvidenceEdit): void {
      const known = getState().claims.get(claimId)?.evidence ?? [];
      const annotationId = known.find(({ id }) => id === evidenceId)?.annotationId ?? '';
      make({ type: 'evidence.update', claimId, id: evidenceId, annotationId, edit });
    },
    removeEvidence(claimId: string, evidenceId: string): void {
      make({ type: 'evidence.remove', claimId, id: evidenceId });
    },
  };
}
