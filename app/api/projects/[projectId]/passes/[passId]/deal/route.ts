import { projectRoute } from '@/app/api/handle';
import { dealPass } from '@/server/passes/assign';

export const POST = projectRoute('pass.deal', (grant, { params, body }) =>
  dealPass(grant, params.passId, body.perSource),
);
