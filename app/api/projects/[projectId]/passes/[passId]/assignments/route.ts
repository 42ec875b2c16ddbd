import { projectRoute } from '@/app/api/handle';
import { assignPass } from '@/server/passes/assign';

export const PUT = projectRoute('pass.assign', (grant, { params, body }) =>
  assignPass(grant, params.passId, body),
);
