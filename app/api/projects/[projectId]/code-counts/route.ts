import { projectRoute } from '@/app/api/handle';
import { listCodeCounts } from '@/server/codebook/passages';

export const GET = projectRoute('code.counts', (grant, { query }) => listCodeCounts(grant, query.code));
