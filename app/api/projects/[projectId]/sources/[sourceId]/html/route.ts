import { projectRoute } from '@/app/api/handle';
import { getSourceText } from '@/server/sources';

export const GET = projectRoute('source.html', async (grant, { params, query }) => {
  const { html, version } = await getSourceText(grant, params.sourceId, query.version);
  return { html, version };
});
