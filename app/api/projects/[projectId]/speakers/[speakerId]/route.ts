import { projectRoute } from '@/app/api/handle';
import { getSpeaker } from '@/server/speakers/read-speakers';
import { deleteSpeaker, updateSpeaker } from '@/server/speakers/update-speaker';

export const GET = projectRoute('speaker.get', (grant, { params }) => getSpeaker(grant, params.speakerId));
export const PATCH = projectRoute('speaker.update', (grant, { params, body, ifMatch }) =>
  updateSpeaker(grant, params.speakerId, body, ifMatch),
);
export const DELETE = projectRoute('speaker.delete', (grant, { params, ifMatch }) =>
  deleteSpeaker(grant, params.speakerId, ifMatch),
);
