import type { Decision, NewDecision } from '@/lib/adjudication/decision';

/** What the person at this page wants decided, or taken back. */
export type DecisionChange =
  /** `decision` as it is painted; `given` as it is sent. */
  | { type: 'decision.make'; decision: Decision; given: NewDecision }
  | { type: 'decision.explain'; id: string; passId: string; why: string; was: string }
  | { type: 'decision.undo'; id: string; passId: string; at: string }
  | { type: 'decision.restore'; id: string; passId: string; at: string };

export function isDecisionChange(change: { type: string }): change is DecisionChange {
  return change.type.startsWith('decision.');
}

/** The decision that a change is about. */
export function decisionIdOf(change: DecisionChange): string {
  return change.type === 'decision.make' ? change.decision.id : change.id;
}

/** The decision as it looks with a change of it; `undefined` stays so unless the change makes it. */
export function paintDecision(decision: Decision | undefined, change: DecisionChange): Decision | undefined {
  if (change.type === 'decision.make') return decision ?? change.decision;
  if (decision === undefined) return undefined;
  switch (change.type) {
    case 'decision.explain':
      return { ...decision, why: change.why };
    case 'decision.undo':
      return { ...decision, undone: change.at };
    case 'decision.restore':
      return { ...decision, undone: null };
  }
}

/** The change that takes a change of a decision back. */
export function inverseOfDecision(change: DecisionChange): DecisionChange {
  switch (change.type) {
    case 'decision.make': {
      const { id, passId, created } = change.decision;
      return { type: 'decision.undo', id, passId, at: created };
    }
    case 'decision.explain':
      return { ...change, why: change.was, was: change.why };
    case 'decision.undo':
      return { ...change, type: 'decision.restore' };
    case 'decision.restore':
      return { ...change, type: 'decision.undo' };
  }
}

/** The change that does another one again: a decision that was made is brought back. */
export function againOfDecision(change: DecisionChange): DecisionChange {
  if (change.type !== 'decision.make') return change;
  const { id, passId, created } = change.decision;
  return { type: 'decision.restore', id, passId, at: created };
}

/** What a change of a decision did, for "Undone: …". */
export function nameOfDecision(change: DecisionChange): string {
  switch (change.type) {
    case 'decision.make':
      return 'decision';
    case 'decision.explain':
      return 'reason of a decision';
    case 'decision.undo':
      return 'taking back of a decision';
    case 'decision.restore':
      return 'bringing back of a decision';
  }
}
