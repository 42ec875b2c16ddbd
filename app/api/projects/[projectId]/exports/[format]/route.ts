import { projectRoute } from '@/app/api/handle';
import { streamBody } from '@/app/api/stream-body';
import { FORMATS } from '@/lib/exchange/formats';
import { exportFormat, exportProject, PATIENCE_MS } from '@/server/exchange/export';

export const GET = projectRoute('export.download', async (grant, { params, query, request }) => {
  const format = exportFormat(params.format);
  const headers = {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="project.${FORMATS[format].extension}"`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
  // Whoever asks for the headers alone takes no body, and nothing would end one that was begun.
  if (request.method === 'HEAD') return new Response(null, { headers });
  const pieces = exportProject(grant, { format, profile: query.profile });
  // The first piece is made before the answer begins, so that what fails at once is answered in words.
  const first = await pieces.next();
  return new Response(streamBody(first, pieces, PATIENCE_MS), { headers });
});
