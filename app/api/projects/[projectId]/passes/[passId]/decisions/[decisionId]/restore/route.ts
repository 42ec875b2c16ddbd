import { projectRoute } from '@/app/api/handle';
import { restoreDecision } from '@/server/adjudication/update-decision';

export const POST = projectRoute('decision.restore', (grant, { params }) =>
  restoreDecision(grant, params.passId, params.decisionId),
);
