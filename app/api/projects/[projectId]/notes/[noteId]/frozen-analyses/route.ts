import { projectRoute } from '@/app/api/handle';
import { freezeAnalysis } from '@/server/analysis/freeze-analysis';

export const POST = projectRoute('frozen-analysis.create', (grant, { params, body }) =>
  freezeAnalysis(grant, params.noteId, body),
);
