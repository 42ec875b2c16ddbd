import type { Claim } from './claim';

type Edited = Partial<
  Pick<Claim, 'wording' | 'status' | 'confidence' | 'owner' | 'due' | 'tags' | 'reopened'>
>;

/**
 * A claim after an edit. A sign-off ends with another wording or status, but not with another owner or day; setting the
 * status, to the same one too, says that somebody has seen to what re-opened it.
 */
export function editClaim(claim: Claim, edit: Edited): Claim {
  const next = { ...claim, ...edit };
  const isSame = next.wording === claim.wording && next.status === claim.status;
  const isSeenTo = edit.status !== undefined || edit.reopened === null;
  return {
    ...next,
    signedOff: isSame ? claim.signedOff : null,
    reopened: isSeenTo ? null : claim.reopened,
  };
}
