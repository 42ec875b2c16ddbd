import { projectRoute } from '@/app/api/handle';
import { makeDecision } from '@/server/adjudication/decide';

export const POST = projectRoute('decision.make', (grant, { params, body }) =>
  makeDecision(grant, params.passId, body),
);
