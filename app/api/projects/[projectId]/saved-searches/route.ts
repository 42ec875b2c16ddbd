import { projectRoute } from '@/app/api/handle';
import { createSavedSearch, listSavedSearches } from '@/server/saved-searches';

export const GET = projectRoute('saved-search.list', (grant, { query }) => listSavedSearches(grant, query));
export const POST = projectRoute('saved-search.create', (grant, { body }) => createSavedSearch(grant, body));
