import { projectRoute } from '@/app/api/handle';
import { createWebhook, listWebhooks } from '@/server/webhooks/keep-webhooks';

export const GET = projectRoute('webhook.list', (grant) => listWebhooks(grant));
export const POST = projectRoute('webhook.create', (grant, { body }) => createWebhook(grant, body));
