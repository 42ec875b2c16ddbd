import { projectRoute } from '@/app/api/handle';
import { deleteWebhook, updateWebhook } from '@/server/webhooks/keep-webhooks';

export const PATCH = projectRoute('webhook.update', (grant, { params, body, ifMatch }) =>
  updateWebhook(grant, params.webhookId, body, ifMatch),
);
export const DELETE = projectRoute('webhook.delete', (grant, { params, ifMatch }) =>
  deleteWebhook(grant, params.webhookId, ifMatch),
);
