import { projectRoute } from '@/app/api/handle';
import { freezeQuery } from '@/server/search/freeze';

export const POST = projectRoute('frozen-query.create', (grant, { params, body }) =>
  freezeQuery(grant, params.noteId, body),
);
