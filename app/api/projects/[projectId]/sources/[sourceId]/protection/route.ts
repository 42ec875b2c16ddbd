import { projectRoute } from '@/app/api/handle';
import { getProtection, protectSource, unprotectSource } from '@/server/sources/protect-source';

export const GET = projectRoute('source-protection.get', (grant, { params }) =>
  getProtection(grant, params.sourceId),
);
export const PUT = projectRoute('source-protection.set', (grant, { params, body }) =>
  protectSource(grant, params.sourceId, body),
);
export const DELETE = projectRoute('source-protection.end', (grant, { params }) =>
  unprotectSource(grant, params.sourceId),
);
