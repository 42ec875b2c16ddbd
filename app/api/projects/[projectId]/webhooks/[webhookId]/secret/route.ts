import { projectRoute } from '@/app/api/handle';
import { renewSecret } from '@/server/webhooks/keep-webhooks';

export const POST = projectRoute('webhook.renew', (grant, { params }) =>
  renewSecret(grant, params.webhookId),
);
