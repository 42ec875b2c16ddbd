import { projectRoute } from '@/app/api/handle';
import { createThread, listThreads } from '@/server/threads';

export const GET = projectRoute('thread.list', (grant, { query }) => listThreads(grant, query));
export const POST = projectRoute('thread.create', (grant, { body }) => createThread(grant, body));
