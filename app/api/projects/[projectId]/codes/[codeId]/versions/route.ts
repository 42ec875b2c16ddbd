import { projectRoute } from '@/app/api/handle';
import { listCodeVersions } from '@/server/codebook/passages';

export const GET = projectRoute('code.versions', (grant, { params }) =>
  listCodeVersions(grant, params.codeId),
);
