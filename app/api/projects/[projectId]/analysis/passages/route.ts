import { projectRoute } from '@/app/api/handle';
import { listPassages } from '@/server/analysis/list-passages';

export const GET = projectRoute('analysis.passages', (grant, { query, request }) =>
  listPassages(grant, query, request.signal),
);
