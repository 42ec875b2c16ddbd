import { projectRoute, publicRoute } from '@/app/api/handle';
import { baseOf, ldJson, mustAcceptLd } from '@/app/api/ld-json';
import { PAGE_HEADERS } from '@/lib/api/ld-headers';
import { readPrefer } from '@/lib/exchange/web-annotation-container';
import { getContainer } from '@/server/web-annotations/container';
import { createWebAnnotation } from '@/server/web-annotations/keep';

export const GET = projectRoute('web-annotation.container', async (grant, { query, request }) => {
  mustAcceptLd(request);
  const prefer = readPrefer(request.headers.get('prefer'));
  const iris = query.iris === undefined ? prefer.iris : query.iris === '1';
  const page = query.page ?? null;
  const document = await getContainer(grant, baseOf(request), { ...prefer, iris, page });
  if (page !== null) return ldJson(document, { headers: PAGE_HEADERS });
  const headers: Record<string, string> = { 'content-location': document.id };
  if (prefer.applied) headers['preference-applied'] = 'return=representation';
  return ldJson(document, { headers });
});

export const POST = projectRoute('web-annotation.create', async (grant, { body, request }) => {
  const { document, revision } = await createWebAnnotation(grant, baseOf(request), body);
  return ldJson(document, { status: 201, revision, headers: { location: String(document.id) } });
});

export const OPTIONS = publicRoute('web-annotation.container-options', async () => ({}));
