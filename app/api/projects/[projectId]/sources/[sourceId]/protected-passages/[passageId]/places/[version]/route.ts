import { projectRoute } from '@/app/api/handle';
import { placePassage } from '@/server/sources/protect-passage';

export const PUT = projectRoute('protected-passage.place', (grant, { params, body }) =>
  placePassage(grant, params, body),
);
