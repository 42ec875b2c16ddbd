import { projectRoute } from '@/app/api/handle';
import { setProgress } from '@/server/passes/progress';

export const PUT = projectRoute('pass.progress', (grant, { params, body }) =>
  setProgress(grant, params.passId, body),
);
