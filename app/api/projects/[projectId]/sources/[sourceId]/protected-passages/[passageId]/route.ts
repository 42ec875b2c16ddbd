import { projectRoute } from '@/app/api/handle';
import { unprotectPassage } from '@/server/sources/protect-passage';

export const DELETE = projectRoute('protected-passage.remove', (grant, { params }) =>
  unprotectPassage(grant, params.sourceId, params.passageId),
);
