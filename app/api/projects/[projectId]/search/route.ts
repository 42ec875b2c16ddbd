import { projectRoute } from '@/app/api/handle';
import { search } from '@/server/search/search';

export const GET = projectRoute('search', (grant, { query }) => search(grant, query));
