import { projectRoute } from '@/app/api/handle';
import { pingWebhook } from '@/server/webhooks/deliveries';

export const POST = projectRoute('webhook.ping', (grant, { params }) => pingWebhook(grant, params.webhookId));
