import { projectRoute } from '@/app/api/handle';
import { createSource, listSources } from '@/server/sources';

export const GET = projectRoute('source.list', (grant, { query }) => listSources(grant, query));
export const POST = projectRoute('source.create', (grant, { body, request }) =>
  createSource(grant, body, request.signal),
);
