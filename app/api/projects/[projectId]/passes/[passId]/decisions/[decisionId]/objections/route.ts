import { projectRoute } from '@/app/api/handle';
import { objectTo } from '@/server/adjudication/update-decision';

export const POST = projectRoute('objection.create', (grant, { params, body }) =>
  objectTo(grant, params.passId, params.decisionId, body),
);
