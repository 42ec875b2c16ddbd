import { projectRoute } from '@/app/api/handle';
import { getSourceText } from '@/server/sources';

export const GET = projectRoute('source.text', async (grant, { params, query }) => {
  const { text, version, hash } = await getSourceText(grant, params.sourceId, query.version);
  return new Response(text, {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      etag: `"${hash}"`,
      'x-source-version': String(version),
    },
  });
});
