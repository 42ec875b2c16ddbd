import { projectRoute } from '@/app/api/handle';
import { restoreCode } from '@/server/codebook/merge-codes';

export const POST = projectRoute('code.restore', (grant, { params }) => restoreCode(grant, params.codeId));
