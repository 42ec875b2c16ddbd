import { projectRoute } from '@/app/api/handle';
import { deleteSource, getSource, updateSource } from '@/server/sources';

export const GET = projectRoute('source.get', (grant, { params }) => getSource(grant, params.sourceId));
export const PATCH = projectRoute('source.update', (grant, { params, body, ifMatch }) =>
  updateSource(grant, params.sourceId, body, ifMatch),
);
export const DELETE = projectRoute('source.delete', (grant, { params, ifMatch }) =>
  deleteSource(grant, params.sourceId, ifMatch),
);
