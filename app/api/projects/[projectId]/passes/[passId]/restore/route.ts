import { projectRoute } from '@/app/api/handle';
import { restorePass } from '@/server/passes/update-pass';

export const POST = projectRoute('pass.restore', (grant, { params }) => restorePass(grant, params.passId));
