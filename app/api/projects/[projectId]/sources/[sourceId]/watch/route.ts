import { projectRoute } from '@/app/api/handle';
import { getWatch, removeWatch, setWatch } from '@/server/watch/set-watch';

export const GET = projectRoute('source-watch.get', (grant, { params }) => getWatch(grant, params.sourceId));
export const PUT = projectRoute('source-watch.set', (grant, { params, body, ifMatch }) =>
  setWatch(grant, params.sourceId, body, ifMatch),
);
export const DELETE = projectRoute('source-watch.remove', (grant, { params, ifMatch }) =>
  removeWatch(grant, params.sourceId, ifMatch),
);
