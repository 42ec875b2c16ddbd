import { projectRoute, publicRoute } from '@/app/api/handle';
import { baseOf, ldJson, mustAcceptLd } from '@/app/api/ld-json';
import { getWebAnnotation } from '@/server/web-annotations/describe';
import { deleteWebAnnotation, replaceWebAnnotation } from '@/server/web-annotations/keep';

export const GET = projectRoute('web-annotation.get', async (grant, { params, request }) => {
  mustAcceptLd(request);
  const { document, revision } = await getWebAnnotation(grant, baseOf(request), params.annotationId);
  return ldJson(document, { revision });
});

export const PUT = projectRoute('web-annotation.replace', async (grant, given) => {
  const { params, body, ifMatch, request } = given;
  const { document, revision } = await replaceWebAnnotation(
    grant,
    baseOf(request),
    params.annotationId,
    body,
    ifMatch,
  );
  return ldJson(document, { revision });
});

export const DELETE = projectRoute('web-annotation.delete', async (grant, { params, ifMatch }) => {
  await deleteWebAnnotation(grant, params.annotationId, ifMatch);
  return new Response(null, { status: 204 });
});

export const OPTIONS = publicRoute('web-annotation.options', async () => ({}));
