import { projectRoute } from '@/app/api/handle';
import { listContributions } from '@/server/contributions';

export const GET = projectRoute('contribution.list', (grant) => listContributions(grant));
