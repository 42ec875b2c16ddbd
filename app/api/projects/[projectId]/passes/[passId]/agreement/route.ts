import { projectRoute } from '@/app/api/handle';
import { getAgreement } from '@/server/agreement/get-agreement';

export const GET = projectRoute('agreement.get', (grant, { params, query }) =>
  getAgreement(grant, params.passId, query),
);
