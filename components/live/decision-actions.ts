import type { Decision, NewDecision, QueuedDisagreement } from '@/lib/adjudication/decision';
import { heldBy } from '@/lib/adjudication/gold';
import { newId } from '@/lib/new-id';
import type { DecisionChange } from './decision-changes';
import type { ProjectState } from './project-state';

/** What is decided about a disagreement; the rest is filled in here. */
export type Deciding = Omit<NewDecision, 'id' | 'key' | 'why'> & { why?: string };

/** What a component can do to the decisions about a pass of the open project. */
export function decisionActions(
  getState: () => ProjectState,
  make: (change: DecisionChange) => void,
  now: () => string,
) {
  return {
    /** Paints a decision at once and sends it. Returns its id. */
    decide(passId: string, about: QueuedDisagreement, deciding: Deciding): string {
      const id = newId();
      const { project, me } = getState();
      const { key, sourceId, version, start, end, codings, context } = about;
      const given: NewDecision = { why: '', ...deciding, id, key };
      const held = heldBy(codings, given);
      const exact =
        held === null ? '' : context.text.slice(held.start - context.from, held.end - context.from);
      const decision: Decision = {
        ...{ id, passId, key, sourceId, version, start, end, codings },
        projectId: project.id,
        outcome: given.outcome,
        gold: held === null ? [] : [{ ...held, version, exact }],
        why: given.why,
        threadId: given.threadId ?? null,
        by: { id: me.id, name: me.name },
        created: now(),
        revision: 1,
        undone: null,
        objections: [],
      };
      make({ type: 'decision.make', decision, given });
      return id;
    },
    explainDecision(id: string, why: string): void {
      const decision = getState().decisions.get(id);
      if (decision === undefined || decision.why === why) return;
      make({ type: 'decision.explain', id, passId: decision.passId, why, was: decision.why });
    },
    undoDecision(id: string): void {
      const decision = getState().decisions.get(id);
      if (decision === undefined) return;
      make({ type: 'decision.undo', id, passId: decision.passId, at: now() });
    },
  };
}
