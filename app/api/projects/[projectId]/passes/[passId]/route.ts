import { projectRoute } from '@/app/api/handle';
import { getPass } from '@/server/passes/read-passes';
import { deletePass, updatePass } from '@/server/passes/update-pass';

export const GET = projectRoute('pass.get', (grant, { params }) => getPass(grant, params.passId));
export const PATCH = projectRoute('pass.update', (grant, { params, body, ifMatch }) =>
  updatePass(grant, params.passId, body, ifMatch),
);
export const DELETE = projectRoute('pass.delete', (grant, { params, ifMatch }) =>
  deletePass(grant, params.passId, ifMatch),
);
