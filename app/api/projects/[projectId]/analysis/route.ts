import { projectRoute } from '@/app/api/handle';
import { analyse } from '@/server/analysis/analyse';

export const GET = projectRoute('analysis.get', (grant, { query, request }) =>
  analyse(grant, query, request.signal),
);
