import { projectRoute } from '@/app/api/handle';
import { mergeSpeakers } from '@/server/speakers/merge-speakers';

export const POST = projectRoute('speaker.merge', (grant, { params, body }) =>
  mergeSpeakers(grant, params.speakerId, body.into),
);
