import { projectRoute } from '@/app/api/handle';
import { streamBody } from '@/app/api/stream-body';
import { extensionOf } from '@/lib/exchange/only';
import { whileAllowed } from '@/server/access/while-allowed';
import { exportFormat, onlyOf, PATIENCE_MS } from '@/server/exchange/export';
import { exportsLeft, takeOut } from '@/server/exchange/take-out';

export const GET = projectRoute('export.download', async (grant, { params, query, request }) => {
  const format = exportFormat(params.format);
  const only = await onlyOf(grant, query);
  const headers = {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${only?.kind ?? 'project'}.${extensionOf(format, only)}"`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
  // Whoever asks for the headers alone takes no body, and nothing would end one that was begun.
  if (request.method === 'HEAD') {
    await exportsLeft(grant);
    return new Response(null, { headers });
  }
  const pieces = whileAllowed(grant, takeOut(grant, { format, profile: query.profile, only }));
  // The first piece is made before the answer begins, so that what fails at once is answered in words.
  const first = await pieces.next();
  return new Response(streamBody(first, pieces, PATIENCE_MS), { headers });
});
