import { Readable } from 'node:stream';
import { projectRoute } from '@/app/api/handle';
import { FORMATS } from '@/lib/exchange/formats';
import { exportFormat, exportProject } from '@/server/exchange/export';

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
  async function* whole() {
    if (!first.done) yield first.value;
    yield* pieces;
  }
  const body = Readable.from(whole(), { objectMode: false });
  // Also where it is left before anything of it was read.
  body.once('close', () => void pieces.return(undefined));
  return new Response(Readable.toWeb(body) as ReadableStream, { headers });
});
