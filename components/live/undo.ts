import type { Change } from './changes';
import { claimIdOf, inverseOfClaim, isClaimChange, nameOfClaim } from './claim-changes';
import { inverseOfCode, isCodeChange, nameOfCode } from './code-changes';
import { againOfDecision, inverseOfDecision, isDecisionChange, nameOfDecision } from './decision-changes';
import { inverseOfFollowUp, isFollowUpChange, nameOfFollowUp } from './follow-up-changes';
import { inverseOfPass, isPassDeed, nameOfPass } from './pass-changes';
import type { ProjectState } from './project-state';
import { againOfThread, inverseOfThread, isThreadChange, nameOfThread, threadIdOf } from './thread-changes';

/** The change that takes another one back, as seen before it is made; `null` where it can't be taken back. */
export function inverseOf(before: ProjectState, change: Change, now: string): Change | null {
  if (isClaimChange(change)) return inverseOfClaim(before.claims.get(claimIdOf(change)), change, now);
  if (isCodeChange(change)) return inverseOfCode(before.codes, change, now);
  if (isDecisionChange(change)) return inverseOfDecision(change);
  if (isFollowUpChange(change)) return inverseOfFollowUp(change, now);
  if (isPassDeed(change)) return inverseOfPass(before.passes.get(change.id), change, now);
  if (isThreadChange(change)) return inverseOfThread(before.threads.get(threadIdOf(change)), change, now);
  switch (change.type) {
    case 'annotation.create':
      return { type: 'annotation.delete', id: change.annotation.id, at: now };
    case 'annotation.restore':
      return { type: 'annotation.delete', id: change.id, at: now };
    case 'annotation.delete':
      return { type: 'annotation.restore', id: change.id };
    case 'annotation.update': {
      const annotation = before.annotations.get(change.id);
      if (annotation === undefined) return null;
      const keys = Object.keys(change.edit) as (keyof typeof change.edit)[];
      return {
        type: 'annotation.update',
        id: change.id,
        edit: Object.fromEntries(keys.map((key) => [key, annotation[key]])),
      };
    }
    case 'annotation.code': {
      const codeIds = before.annotations.get(change.id)?.codeIds ?? [];
      return {
        type: 'annotation.code',
        id: change.id,
        add: change.remove.filter((id) => codeIds.includes(id)),
        remove: change.add.filter((id) => !codeIds.includes(id)),
      };
    }
    default:
      return null;
  }
}

/**
 * The change that does another one again after it was taken back: what a creation made is brought back rather than made a
 * second time.
 */
export function againOf(change: Change): Change {
  if (change.type === 'annotation.create') return { type: 'annotation.restore', id: change.annotation.id };
  if (change.type === 'claim.create') return { type: 'claim.restore', id: change.claim.id };
  if (change.type === 'code.create') return { type: 'code.restore', id: change.code.id };
  if (change.type === 'follow-up.create') return { type: 'follow-up.restore', id: change.followUp.id };
  if (isDecisionChange(change)) return againOfDecision(change);
  return isThreadChange(change) ? againOfThread(change) : change;
}

/** What a change did, for "Undone: …". */
export function nameOf(change: Change): string {
  if (isClaimChange(change)) return nameOfClaim(change);
  if (isCodeChange(change)) return nameOfCode(change);
  if (isDecisionChange(change)) return nameOfDecision(change);
  if (isFollowUpChange(change)) return nameOfFollowUp(change);
  if (isPassDeed(change)) return nameOfPass(change);
  if (isThreadChange(change)) return nameOfThread(change);
  switch (change.type) {
    case 'annotation.create':
      return 'mark';
    case 'annotation.delete':
      return 'deletion';
    case 'annotation.restore':
      return 'restoring';
    case 'annotation.update':
      return 'edit';
    case 'annotation.code':
      return 'coding';
    default:
      return 'change';
  }
}
