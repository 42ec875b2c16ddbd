import { projectRoute } from '@/app/api/handle';
import { getSourceFile } from '@/server/sources/source-file';

/** Shown by nobody's browser as a page of ours: it is saved, or drawn by our own reader. */
export const GET = projectRoute('source.file', async (grant, { params, query }) => {
  const { bytes, contentType, hash, name } = await getSourceFile(grant, params.sourceId, query.version);
  return new Response(bytes, {
    headers: {
      'content-type': contentType,
      'content-length': String(bytes.byteLength),
      'content-disposition': `attachment; filename="source.pdf"; filename*=UTF-8''${name}`,
      etag: `"${hash}"`,
    },
  });
});
