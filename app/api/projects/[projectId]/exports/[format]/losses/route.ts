import { projectRoute } from '@/app/api/handle';
import { exportFormat, previewExport } from '@/server/exchange/export';

export const GET = projectRoute('export.losses', (grant, { params, query, request }) =>
  previewExport(grant, { format: exportFormat(params.format), profile: query.profile }, request.signal),
);
