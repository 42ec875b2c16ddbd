import { projectRoute } from '@/app/api/handle';
import { confirmPassages } from '@/server/codebook/passages';

export const POST = projectRoute('code.confirm', (grant, { params, body }) =>
  confirmPassages(grant, params.codeId, body.annotationIds),
);
