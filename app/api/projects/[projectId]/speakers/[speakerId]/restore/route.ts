import { projectRoute } from '@/app/api/handle';
import { restoreSpeaker } from '@/server/speakers/update-speaker';

export const POST = projectRoute('speaker.restore', (grant, { params }) =>
  restoreSpeaker(grant, params.speakerId),
);
