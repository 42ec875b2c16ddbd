import { projectRoute } from '@/app/api/handle';
import { deleteVariable, updateVariable } from '@/server/variables';

export const PATCH = projectRoute('variable.update', (grant, { params, body, ifMatch }) =>
  updateVariable(grant, params.variableId, body, ifMatch),
);
export const DELETE = projectRoute('variable.delete', (grant, { params, ifMatch }) =>
  deleteVariable(grant, params.variableId, ifMatch),
);
