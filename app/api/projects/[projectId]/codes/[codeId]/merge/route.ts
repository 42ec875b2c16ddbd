import { projectRoute } from '@/app/api/handle';
import { mergeCodes } from '@/server/codebook/merge-codes';

export const POST = projectRoute('code.merge', (grant, { params, body }) =>
  mergeCodes(grant, params.codeId, body.into),
);
