import { projectRoute } from '@/app/api/handle';
import { importFile } from '@/server/exchange/import';

export const POST = projectRoute('import.create', (grant, { query, body, request }) =>
  importFile(grant, body.file.bytes, {
    dryRun: query.dryRun === 'true',
    columns: body.columns,
    signal: request.signal,
  }),
);
