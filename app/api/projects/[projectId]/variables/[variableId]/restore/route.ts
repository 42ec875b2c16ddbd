import { projectRoute } from '@/app/api/handle';
import { restoreVariable } from '@/server/variables';

export const POST = projectRoute('variable.restore', (grant, { params }) =>
  restoreVariable(grant, params.variableId),
);
