import { projectRoute } from '@/app/api/handle';
import { listSourceVersions } from '@/server/sources/list-versions';
import { makeSourceVersion } from '@/server/sources/make-version';

export const GET = projectRoute('source-version.list', (grant, { params, query }) =>
  listSourceVersions(grant, params.sourceId, query),
);
export const POST = projectRoute('source-version.create', async (grant, { params, body, request }) => {
  const answer = await makeSourceVersion(grant, params.sourceId, body, request.signal);
  return answer.made ? answer : Response.json(answer);
});
