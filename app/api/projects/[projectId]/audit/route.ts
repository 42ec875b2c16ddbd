import { projectRoute } from '@/app/api/handle';
import { listAudit } from '@/server/audit/read-audit';

export const GET = projectRoute('audit.list', (grant, { query: { cursor, ...query } }) =>
  listAudit(grant, { ...query, before: cursor }),
);
