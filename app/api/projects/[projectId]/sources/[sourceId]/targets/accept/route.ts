import { projectRoute } from '@/app/api/handle';
import { acceptTargets } from '@/server/targets/decide-many';

export const POST = projectRoute('target.accept-all', (grant, { params, body }) =>
  acceptTargets(grant, params.sourceId, body),
);
