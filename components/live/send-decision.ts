import type { call as Call } from '../ui/http';
import type { DecisionChange } from './decision-changes';
import type { Told } from './merge-news';

/** Sends one change of a decision and gives it back as it is then. @throws CallError */
export async function sendDecision(
  change: DecisionChange,
  projectId: string,
  call: typeof Call,
): Promise<Told> {
  if (change.type === 'decision.make') {
    const { passId } = change.decision;
    return {
      decisions: [await call('decision.make', { params: { projectId, passId }, body: change.given })],
    };
  }
  const params = { projectId, passId: change.passId, decisionId: change.id };
  switch (change.type) {
    case 'decision.explain':
      return { decisions: [await call('decision.update', { params, body: { why: change.why } })] };
    case 'decision.undo':
      return { decisions: [await call('decision.undo', { params })] };
    case 'decision.restore':
      return { decisions: [await call('decision.restore', { params })] };
  }
}
