import { projectRoute } from '@/app/api/handle';
import { createSavedAnalysis, listSavedAnalyses } from '@/server/analysis/saved-analyses';

export const GET = projectRoute('saved-analysis.list', (grant, { query }) => listSavedAnalyses(grant, query));
export const POST = projectRoute('saved-analysis.create', (grant, { body }) =>
  createSavedAnalysis(grant, body),
);
