import { projectRoute } from '@/app/api/handle';
import { replay } from '@/server/webhooks/deliveries';

export const POST = projectRoute('webhook-delivery.replay', (grant, { params }) =>
  replay(grant, params.webhookId, params.deliveryId),
);
