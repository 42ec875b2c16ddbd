import { projectRoute } from '@/app/api/handle';
import { readSince } from '@/server/events/activity';

export const GET = projectRoute('activity.since', (grant) => readSince(grant));
