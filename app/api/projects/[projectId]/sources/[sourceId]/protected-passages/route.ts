import { projectRoute } from '@/app/api/handle';
import { protectPassage } from '@/server/sources/protect-passage';

export const POST = projectRoute('protected-passage.create', (grant, { params, body }) =>
  protectPassage(grant, params.sourceId, body),
);
