import { projectRoute } from '@/app/api/handle';
import { listTargets } from '@/server/targets/list-targets';

export const GET = projectRoute('target.list', (grant, { params, query }) =>
  listTargets(grant, params.sourceId, query),
);
