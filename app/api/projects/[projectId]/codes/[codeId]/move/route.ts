import { projectRoute } from '@/app/api/handle';
import { moveCode } from '@/server/codebook';

export const POST = projectRoute('code.move', (grant, { params, body }) =>
  moveCode(grant, params.codeId, body),
);
