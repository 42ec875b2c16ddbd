import { projectRoute } from '@/app/api/handle';
import { listUsage } from '@/server/projects/usage';

export const GET = projectRoute('usage.list', (grant) => listUsage(grant));
