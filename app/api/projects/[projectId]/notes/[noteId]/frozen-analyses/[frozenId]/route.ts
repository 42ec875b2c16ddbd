import { projectRoute } from '@/app/api/handle';
import { getFrozenAnalysis } from '@/server/analysis/freeze-analysis';

export const GET = projectRoute('frozen-analysis.get', (grant, { params }) =>
  getFrozenAnalysis(grant, params.noteId, params.frozenId),
);
