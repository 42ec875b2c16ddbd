import { projectRoute } from '@/app/api/handle';
import { protectSpeaker, unprotectSpeaker } from '@/server/speakers/protect-speaker';

export const PUT = projectRoute('speaker.protect', (grant, { params, body, ifMatch }) =>
  protectSpeaker(grant, params.speakerId, body, ifMatch),
);
export const DELETE = projectRoute('speaker.unprotect', (grant, { params, ifMatch }) =>
  unprotectSpeaker(grant, params.speakerId, ifMatch),
);
