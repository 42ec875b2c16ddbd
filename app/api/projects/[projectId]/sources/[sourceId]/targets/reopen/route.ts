import { projectRoute } from '@/app/api/handle';
import { reopenTargets } from '@/server/targets/decide-many';

export const POST = projectRoute('target.reopen-all', (grant, { params, body }) =>
  reopenTargets(grant, params.sourceId, body),
);
