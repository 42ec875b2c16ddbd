import { projectRoute } from '@/app/api/handle';
import { addOrigin, removeOrigin } from '@/server/sources/set-origin';

export const PUT = projectRoute('source-origin.add', (grant, { params }) =>
  addOrigin(grant, params.sourceId, params.originId),
);
export const DELETE = projectRoute('source-origin.remove', (grant, { params }) =>
  removeOrigin(grant, params.sourceId, params.originId),
);
