import { projectRoute } from '@/app/api/handle';
import { deleteSavedSearch, updateSavedSearch } from '@/server/saved-searches';

export const PATCH = projectRoute('saved-search.update', (grant, { params, body, ifMatch }) =>
  updateSavedSearch(grant, params.savedSearchId, body, ifMatch),
);
export const DELETE = projectRoute('saved-search.delete', (grant, { params, ifMatch }) =>
  deleteSavedSearch(grant, params.savedSearchId, ifMatch),
);
