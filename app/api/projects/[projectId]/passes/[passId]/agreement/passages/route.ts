import { projectRoute } from '@/app/api/handle';
import { listPlaces } from '@/server/agreement/list-places';

export const GET = projectRoute('agreement.passages', (grant, { params, query }) =>
  listPlaces(grant, params.passId, query),
);
