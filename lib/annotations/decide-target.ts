import { wholeCharacter } from '../anchoring/graphemes';
import { locate } from '../anchoring/locate';
import type { TargetState } from './anchoring';
import { passageAt } from './carry-target';
import type { Passage, Target, TargetDecision } from './target';

type Span = { readonly start: number; readonly end: number };

/** A target as it stands before a decision; candidates are places without their words. */
export type Decidable = Pick<
  Target,
  'version' | 'outcome' | 'state' | 'place' | 'stood' | 'was' | 'changedIn'
> & { readonly candidates: readonly (Span & { readonly score: number })[] };

/** What a decision makes of a target; `place` is where the mark stands in this version from now on. */
export type Decided = {
  readonly state: TargetState;
  readonly place: Passage | null;
  readonly was: string | null;
  readonly changedIn: number | null;
};

/**
 * What a person's decision makes of a target, by the text of its version; or a fault, in words for the person. Taking a
 * proposed place without naming it is possible only where there is no other: nothing is guessed. Opening a decision again
 * puts the mark where the engine had put it, or nowhere if it had not.
 */
export function decide(
  target: Decidable,
  decision: TargetDecision,
  text: string,
): Decided | { fault: string } {
  if (target.outcome === 'made')
    return { fault: 'It stands in the version it was made in. Change the mark itself instead.' };
  if ('orphan' in decision) return { state: 'orphan', place: null, ...earlier(target) };
  if ('reopen' in decision) {
    const [proposed] = target.candidates;
    const place = isSure(target) && proposed ? passageAt(text, proposed) : null;
    return { state: 'waiting', place, ...historyOf(target, place) };
  }
  if ('accept' in decision) {
    const { candidate } = decision;
    const { place: here, was, changedIn } = target;
    if (candidate === undefined && here !== null) return { state: 'accepted', place: here, was, changedIn };
    const [only, second] = target.candidates;
    if (candidate === undefined && only === undefined)
      return { fault: 'No place is proposed. Name the passage, or set the mark aside as gone.' };
    if (candidate === undefined && second !== undefined)
      return { fault: 'Several places are proposed. Say which one is meant.' };
    const span = target.candidates[candidate ?? 0];
    if (span === undefined) return { fault: 'There is no such proposal. Load the list again.' };
    const place = passageAt(text, span);
    return { state: 'accepted', place, ...historyOf(target, place) };
  }
  const { start, end, exact } = decision;
  const place = locate(text, [
    { type: 'TextPositionSelector', start, end },
    { type: 'TextQuoteSelector', exact, prefix: '', suffix: '' },
  ]);
  if ('fault' in place) return place;
  return { state: 'placed', place, ...historyOf(target, place) };
}

/** Whether the engine put the mark somewhere by itself. */
function isSure({ outcome }: Pick<Decidable, 'outcome'>): boolean {
  return outcome === 'same' || outcome === 'moved' || outcome === 'changed';
}

/** What older versions had changed about the words. */
function earlier({ was, changedIn, version }: Decidable): Pick<Decided, 'was' | 'changedIn'> {
  return changedIn !== null && changedIn < version ? { was, changedIn } : { was: null, changedIn: null };
}

function historyOf(target: Decidable, place: Passage | null): Pick<Decided, 'was' | 'changedIn'> {
  const before = earlier(target);
  if (before.changedIn !== null || place === null || target.stood === null) return before;
  if (place.exact === target.stood.exact) return before;
  return { was: target.stood.exact, changedIn: target.version };
}

/** UTF-16 units shown on each side of a proposed place. */
const AROUND = 120;

/** A proposed place with its words and some of what stands around them, for a person to compare. */
export function passageAround(text: string, { start, end }: Span): Passage {
  return {
    start,
    end,
    exact: text.slice(start, end),
    prefix: text.slice(wholeCharacter(text, Math.max(0, start - AROUND), 1), start),
    suffix: text.slice(end, wholeCharacter(text, Math.min(text.length, end + AROUND), -1)),
  };
}
