import { projectRoute } from '@/app/api/handle';
import { getIdentity } from '@/server/speakers/protect-speaker';

export const GET = projectRoute('speaker.identity', (grant, { params }) =>
  getIdentity(grant, params.speakerId),
);
