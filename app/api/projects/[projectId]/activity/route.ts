import { projectRoute } from '@/app/api/handle';
import { readActivity } from '@/server/events/activity';

export const GET = projectRoute('activity.list', (grant, { query: { cursor, ...query } }) =>
  readActivity(grant, { ...query, before: cursor }),
);
