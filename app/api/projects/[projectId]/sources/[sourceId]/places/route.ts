import { projectRoute } from '@/app/api/handle';
import { getSourcePlaces } from '@/server/sources/source-file';

export const GET = projectRoute('source.places', (grant, { params, query }) =>
  getSourcePlaces(grant, params.sourceId, query.version),
);
