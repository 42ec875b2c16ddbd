import { projectRoute } from '@/app/api/handle';
import { splitCode } from '@/server/codebook/split-code';

export const POST = projectRoute('code.split', (grant, { params, body }) =>
  splitCode(grant, params.codeId, body),
);
