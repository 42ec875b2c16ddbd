import { projectRoute } from '@/app/api/handle';
import { deleteCode, updateCode } from '@/server/codebook';

export const PATCH = projectRoute('code.update', (grant, { params, body, ifMatch }) =>
  updateCode(grant, params.codeId, body, ifMatch),
);
export const DELETE = projectRoute('code.delete', (grant, { params, ifMatch }) =>
  deleteCode(grant, params.codeId, ifMatch),
);
