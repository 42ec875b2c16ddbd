import { projectRoute } from '@/app/api/handle';
import { readAdjudication } from '@/server/adjudication/read-adjudication';

export const GET = projectRoute('adjudication.get', (grant, { params }) =>
  readAdjudication(grant, params.passId),
);
