import { projectRoute } from '@/app/api/handle';
import { restoreSavedAnalysis } from '@/server/analysis/saved-analyses';

export const POST = projectRoute('saved-analysis.restore', (grant, { params }) =>
  restoreSavedAnalysis(grant, params.analysisId),
);
