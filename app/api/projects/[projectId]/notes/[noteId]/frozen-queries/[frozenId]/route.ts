import { projectRoute } from '@/app/api/handle';
import { getFrozenQuery } from '@/server/search/freeze';

export const GET = projectRoute('frozen-query.get', (grant, { params }) =>
  getFrozenQuery(grant, params.noteId, params.frozenId),
);
