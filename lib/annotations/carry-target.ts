import { describe } from '../anchoring/describe';
import type { Outcome, Reason } from '../anchoring/outcome';
import type { TargetOutcome, TargetState } from './anchoring';
import type { Passage } from './target';

/**
 * The least score with which a passage whose words or surroundings changed goes on without being asked about. A score is
 * how much of what the passage tells was found: below nine tenths, what was marked may say something else now.
 */
export const SURE = 0.9;

type Span = { readonly start: number; readonly end: number };

/** Where a mark stands for certain, and how that came. */
export type Standing = Span & {
  readonly exact: string;
  /** The newest target of the mark, whether it stands there or not. */
  readonly state: TargetState;
  readonly outcome: TargetOutcome;
  readonly score: number;
  readonly was: string | null;
  readonly changedIn: number | null;
  /** Whether the newest target has a place: the mark stands in the version before the new one. */
  readonly isPlaced: boolean;
};

/** The target of a mark in a new version. `place` is where it goes on to; `null` leaves it where it stands. */
export type CarriedTarget = {
  readonly version: number;
  readonly outcome: TargetOutcome;
  readonly score: number;
  readonly reason: Reason | 'returned';
  readonly state: TargetState;
  readonly place: Passage | null;
  readonly candidates: readonly (Span & { score: number })[];
  readonly was: string | null;
  readonly changedIn: number | null;
};

const NAMES = { exact: 'same', moved: 'moved', changed: 'changed' } as const;

/**
 * What becomes of a mark when its source gets a version, from what the engine found in the new text:
 *
 * - a place that is certain is taken, also one whose words changed a little (`SURE`): the mark goes on, `settled`;
 * - one that is likely is taken too, but waits to be looked at;
 * - several places, or none for certain: the mark stays where it stands and waits;
 * - a place nobody has confirmed yet is not confirmed by another version: it waits on, with the words it once had;
 * - what a person said is gone stays so; when its words are there again, it waits with that place.
 */
export function carryTarget(
  standing: Standing,
  outcome: Outcome,
  to: { readonly version: number; readonly text: string },
): CarriedTarget {
  const { version } = to;
  const history = { was: standing.was, changedIn: standing.changedIn };
  if (!('span' in outcome)) {
    const candidates = outcome.candidates.map(({ span, score }) => ({ ...span, score }));
    const { score, reason, kind } = outcome;
    const state = standing.state === 'orphan' ? 'orphan' : 'waiting';
    return { version, outcome: kind, score, reason, state, place: null, candidates, ...history };
  }
  const { span, score, kind } = outcome;
  const candidates = [{ start: span.start, end: span.end, score }];
  if (standing.state === 'orphan') {
    // Words that only resemble it are no news to somebody who said that it is gone.
    if (kind === 'changed')
      return {
        version,
        outcome: 'lost',
        score,
        reason: 'unsure',
        state: 'orphan',
        place: null,
        candidates,
        ...history,
      };
    const found = { outcome: 'ambiguous', reason: 'returned', state: 'waiting' } as const;
    return { version, score, place: null, candidates, ...found, ...history };
  }
  const place = passageAt(to.text, span);
  const isUnconfirmed = standing.state === 'waiting' && standing.isPlaced;
  const state = isUnconfirmed || (kind !== 'exact' && score < SURE) ? 'waiting' : 'settled';
  const changed = kind === 'changed' ? { was: standing.exact, changedIn: version } : history;
  if (!isUnconfirmed)
    return {
      version,
      outcome: NAMES[kind],
      score,
      reason: outcome.reason,
      state,
      place,
      candidates,
      ...changed,
    };
  return {
    version,
    // What has to be confirmed is the whole way from the last sure place, not its last step.
    outcome: kind === 'changed' ? 'changed' : standing.outcome,
    score: Math.min(score, standing.score),
    reason: outcome.reason,
    state,
    place,
    candidates,
    was: standing.was ?? changed.was,
    changedIn: standing.changedIn ?? changed.changedIn,
  };
}

/** A passage with its words and as much around it as tells it from others. */
export function passageAt(text: string, span: Span): Passage {
  const [{ start, end }, { exact, prefix, suffix }] = describe(text, span);
  return { start, end, exact, prefix, suffix };
}
