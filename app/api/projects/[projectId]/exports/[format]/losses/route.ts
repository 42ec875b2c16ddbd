import { projectRoute } from '@/app/api/handle';
import { exportFormat, onlyOf, previewExport } from '@/server/exchange/export';

export const GET = projectRoute('export.losses', async (grant, { params, query, request }) => {
  const wish = { format: exportFormat(params.format), profile: query.profile };
  return previewExport(grant, { ...wish, only: await onlyOf(grant, query) }, request.signal);
});
