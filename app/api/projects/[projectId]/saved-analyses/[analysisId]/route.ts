import { projectRoute } from '@/app/api/handle';
import { deleteSavedAnalysis, getSavedAnalysis, updateSavedAnalysis } from '@/server/analysis/saved-analyses';

export const GET = projectRoute('saved-analysis.get', (grant, { params }) =>
  getSavedAnalysis(grant, params.analysisId),
);
export const PATCH = projectRoute('saved-analysis.update', (grant, { params, body, ifMatch }) =>
  updateSavedAnalysis(grant, params.analysisId, body, ifMatch),
);
export const DELETE = projectRoute('saved-analysis.delete', (grant, { params, ifMatch }) =>
  deleteSavedAnalysis(grant, params.analysisId, ifMatch),
);
