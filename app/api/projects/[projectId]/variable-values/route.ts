import { projectRoute } from '@/app/api/handle';
import { listValues } from '@/server/variables';

export const GET = projectRoute('variable-value.list', (grant, { query }) => listValues(grant, query));
