import { projectRoute } from '@/app/api/handle';
import { createFollowUp } from '@/server/follow-ups/create-follow-up';
import { listFollowUps } from '@/server/follow-ups/read-follow-ups';

export const GET = projectRoute('follow-up.list', (grant, { query }) => listFollowUps(grant, query));
export const POST = projectRoute('follow-up.create', (grant, { body }) => createFollowUp(grant, body));
