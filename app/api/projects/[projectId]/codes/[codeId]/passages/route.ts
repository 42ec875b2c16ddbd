import { projectRoute } from '@/app/api/handle';
import { listPassages } from '@/server/codebook/passages';

export const GET = projectRoute('code.passages', (grant, { params, query }) =>
  listPassages(grant, params.codeId, query),
);
