import { projectRoute } from '@/app/api/handle';
import { settleObjection } from '@/server/adjudication/update-decision';

export const POST = projectRoute('objection.settle', (grant, { params }) =>
  settleObjection(grant, params.passId, params.decisionId, params.objectionId),
);
