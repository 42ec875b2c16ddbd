import { projectRoute } from '@/app/api/handle';
import { setValue } from '@/server/variables';

export const PUT = projectRoute('variable-value.set', (grant, { params, body }) =>
  setValue(grant, params.variableId, params.subjectId, body),
);
