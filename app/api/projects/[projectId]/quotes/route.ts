import { projectRoute } from '@/app/api/handle';
import { listQuotes } from '@/server/quotes';

export const GET = projectRoute('quote.list', (grant, { query }) => listQuotes(grant, query));
