import { projectRoute } from '@/app/api/handle';
import { createSpeaker } from '@/server/speakers/create-speaker';
import { listSpeakers } from '@/server/speakers/read-speakers';

export const GET = projectRoute('speaker.list', (grant) => listSpeakers(grant));
export const POST = projectRoute('speaker.create', (grant, { body }) => createSpeaker(grant, body));
