import { projectRoute } from '@/app/api/handle';
import { listDeliveries } from '@/server/webhooks/deliveries';

export const GET = projectRoute('webhook-delivery.list', (grant, { params, query }) =>
  listDeliveries(grant, params.webhookId, query),
);
