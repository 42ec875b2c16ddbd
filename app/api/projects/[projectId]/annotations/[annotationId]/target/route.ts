import { projectRoute } from '@/app/api/handle';
import { decideTarget } from '@/server/targets/decide-target';

export const PATCH = projectRoute('target.decide', (grant, { params, body, ifMatch }) =>
  decideTarget(grant, params.annotationId, body, ifMatch),
);
