import { projectRoute } from '@/app/api/handle';
import { undoDecision, updateDecision } from '@/server/adjudication/update-decision';

export const PATCH = projectRoute('decision.update', (grant, { params, body, ifMatch }) =>
  updateDecision(grant, params.passId, params.decisionId, body, ifMatch),
);
export const DELETE = projectRoute('decision.undo', (grant, { params }) =>
  undoDecision(grant, params.passId, params.decisionId),
);
