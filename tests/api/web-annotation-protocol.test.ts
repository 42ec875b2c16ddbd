import '@/tests/support/test-environment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertAnnotation } from '@/db/annotations';
import { setEnv } from '@/env';
import type { Annotation } from '@/lib/annotations/annotation';
import { newId } from '@/lib/new-id';
import type { Source } from '@/lib/sources/source';
import type { TestDatabase } from '@/tests/support/database';
import {
  addPage,
  addPerson,
  addProject,
  addSource,
  ask,
  grantOf,
  openInstance,
  type Person,
  TEXT,
  tokenOf,
} from '@/tests/support/instance';
import { serveApi } from '@/tests/support/serve-api';

const LD_JSON = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"';
const MINIMAL = 'http://www.w3.org/ns/ldp#PreferMinimalContainer';
const IRIS = 'http://www.w3.org/ns/oa#PreferContainedIRIs';
const WHOLE = 'http://www.w3.org/ns/oa#PreferContainedDescriptions';
const BASIC = '<http://www.w3.org/ns/ldp#BasicContainer>; rel="type"';
const CONSTRAINED =
  '<http://www.w3.org/TR/annotation-protocol/>; rel="http://www.w3.org/ns/ldp#constrainedBy"';
const RESOURCE = '<http://www.w3.org/ns/ldp#Resource>; rel="type"';
const EXACT = 'a draft report';
/** One more than a page holds. */
const MANY = 101;

type Page = {
  id: string;
  type: string;
  partOf: { id: string };
  prev?: string;
  next?: string;
  items: unknown[];
};
type Container = { id: string; type: string[]; total: number; first: Page; last: string };
type Web = {
  id: string;
  type: string;
  motivation: string;
  canonical?: string;
  via?: string[];
  body?: { value?: string; purpose?: string; source?: string }[];
  target: { source: string; scope: string; selector: { type: string; exact?: string; start?: number }[] };
};

let database: TestDatabase;
let api: Awaited<ReturnType<typeof serveApi>>;
let owner: Person;
let token: string;
let projectId: string;
let container: string;
let page: Source;
let busy: string;

beforeAll(async () => {
  database = await openInstance();
  api = await serveApi();
  setEnv({ GLOSS_URL: api.url });
  owner = await addPerson(database, 'Owner');
  token = await tokenOf(owner);
  projectId = await addProject(database, owner);
  container = `${api.url}/api/projects/${projectId}/web-annotations/`;
  page = await addPage(grantOf(owner, projectId));
  const full = await addProject(database, owner);
  busy = `${api.url}/api/projects/${full}/web-annotations/`;
  const source = await addSource(grantOf(owner, full));
  for (let nth = 0; nth < MANY; nth += 1)
    await insertAnnotation(database.db, grantOf(owner, full), {
      ...{ id: newId(), sourceId: source.id, version: 1, motivation: 'commenting', body: `Remark ${nth}` },
      ...{ quote: null, start: 0, end: 3, exact: TEXT.slice(0, 3), prefix: '', suffix: '', codeIds: [] },
    });
});
afterAll(async () => {
  setEnv({ GLOSS_URL: 'http://gloss.test' });
  await api.stop();
  await database.end();
});

type Sent = { method?: string; headers?: Record<string, string>; body?: unknown };

/** A request as a program of others sends it: with a token, and JSON-LD. */
function send(url: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Response> {
  return fetch(url, {
    method,
    redirect: 'error',
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': LD_JSON }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
const prefer = (...include: string[]) => ({
  headers: { prefer: `return=representation;include="${include.join(' ')}"` },
});
const read = async <T>(url: string, given?: Sent): Promise<T> => {
  const answer = await send(url, given);
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
};

const remark = (change: object = {}) => ({
  '@context': 'http://www.w3.org/ns/anno.jsonld',
  type: 'Annotation',
  motivation: 'commenting',
  body: { type: 'TextualBody', value: 'Whose draft?' },
  target: { source: page.url, selector: { type: 'TextQuoteSelector', exact: EXACT } },
  ...change,
});
async function make(change: object = {}): Promise<{ document: Web; etag: string }> {
  const answer = await send(container, { method: 'POST', body: remark(change) });
  expect(answer.status, await answer.clone().text()).toBe(201);
  return { document: (await answer.json()) as Web, etag: answer.headers.get('etag') ?? '' };
}

describe('A Web Annotation container', () => {
  it.each(['GET', 'HEAD', 'OPTIONS'])(
    'answers %s with 200 and all that its protocol asks of headers',
    async (method) => {
      const answer = await send(container, { method });
      expect(answer.status).toBe(200);
      const link = answer.headers.get('link') ?? '';
      expect(link).toContain(BASIC);
      expect(link).toContain(CONSTRAINED);
      for (const one of ['GET', 'HEAD', 'OPTIONS', 'POST'])
        expect(answer.headers.get('allow')).toContain(one);
      expect(answer.headers.get('accept-post')).toBe(LD_JSON);
      expect(answer.headers.get('etag')).toMatch(/^"[^"]+"$/);
      expect(answer.headers.get('vary')).toBe('Accept, Prefer');
      if (method !== 'OPTIONS') expect(answer.headers.get('content-type')).toBe(LD_JSON);
      if (method === 'HEAD') expect(await answer.text()).toBe('');
    },
  );

  it('describes itself in JSON-LD to whoever accepts that, or nothing in particular, as a container and a collection', async () => {
    expect(container).toMatch(/\/$/);
    for (const headers of [{}, { accept: 'text/turtle, */*;q=0.1' }, { accept: LD_JSON }]) {
      const answer = await send(busy, { headers: headers as Record<string, string> });
      expect(answer.headers.get('content-type')).toBe(LD_JSON);
      const told = (await answer.json()) as Container;
      expect(told.type).toEqual(['BasicContainer', 'AnnotationCollection']);
      expect(answer.headers.get('content-location')).toBe(told.id);
      expect(told.total).toBe(MANY);
      expect(told).not.toHaveProperty('items');
      expect(told).not.toHaveProperty('ldp:contains');
    }
  });

  it('says that it speaks no Turtle rather than to answer something else, its annotations too', async () => {
    const { document } = await make();
    for (const url of [container, document.id])
      for (const accept of ['text/turtle', 'text/turtle, application/ld+json;q=0']) {
        const answer = await send(url, { headers: { accept } });
        expect(answer.status, accept).toBe(406);
        expect(await answer.text()).toContain('Accept application/ld+json');
      }
  });

  it('holds whole annotations unless asked otherwise, addresses alone, or neither', async () => {
    for (const given of [undefined, prefer(WHOLE), prefer(IRIS, WHOLE)]) {
      const told = await read<Container>(busy, given);
      expect(told.id).toBe(`${busy}?iris=0`);
      expect(told.first.items).toHaveLength(100);
      for (const item of told.first.items) expect(item).toMatchObject({ type: 'Annotation' });
    }
    const addresses = await read<Container>(busy, prefer(IRIS));
    expect(addresses.id).toBe(`${busy}?iris=1`);
    expect(addresses.first.items).toHaveLength(100);
    for (const item of addresses.first.items) expect(item).toMatch(new RegExp(`^${busy}[0-9a-f-]{36}$`));
    const minimal = await read<Container>(busy, prefer(MINIMAL, IRIS));
    expect(minimal).toMatchObject({
      total: MANY,
      first: `${busy}?iris=1&page=0`,
      last: `${busy}?iris=1&page=1`,
    });
    expect(await read<Container>(busy, prefer(MINIMAL))).toMatchObject({ first: `${busy}?iris=0&page=0` });
    const applied = await send(busy, prefer(IRIS));
    expect(applied.headers.get('preference-applied')).toBe('return=representation');
    expect((await send(busy)).headers.get('preference-applied')).toBeNull();
  });

  it.each([0, 1])('is read whole by its pages, forth and back (iris=%i)', async (iris) => {
    const { first, last, id } = await read<Container>(`${busy}?iris=${iris}`);
    const pages: Page[] = [];
    for (let next: string | undefined = first.id; next !== undefined; next = pages.at(-1)?.next)
      pages.push(await read<Page>(next));
    expect(pages.map((one) => one.id)).toEqual([first.id, last]);
    expect(pages.map((one) => one.prev)).toEqual([undefined, first.id]);
    for (const one of pages) {
      expect(one.type).toBe('AnnotationPage');
      expect(one.partOf).toMatchObject({ id, total: MANY });
    }
    const items = pages.flatMap((one) => one.items);
    const ids = items.map((item) => (typeof item === 'string' ? item : (item as Web).id));
    expect(new Set(ids).size).toBe(MANY);
    for (const item of items)
      if (iris === 0) expect(item).toHaveProperty('@context', 'http://www.w3.org/ns/anno.jsonld');
    const answer = await send(last);
    expect(answer.headers.get('link')).not.toContain('BasicContainer');
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    expect((await send(`${busy}?iris=0&page=2`)).status).toBe(404);
  });

  it('has another ETag once what it holds is another', async () => {
    const before = (await send(container)).headers.get('etag');
    expect((await send(container)).headers.get('etag')).toBe(before);
    const { document } = await make();
    const made = (await send(container)).headers.get('etag');
    expect(made).not.toBe(before);
    expect((await send(document.id, { method: 'DELETE' })).status).toBe(204);
    expect((await send(container)).headers.get('etag')).not.toBe(made);
  });

  it('says what it is even where it refuses, and lets pages of other sites read that', async () => {
    const strangers = [
      await fetch(container),
      await send(container, { method: 'POST', body: { type: 'Note' } }),
      await send(container.replace(projectId, newId())),
    ];
    expect(strangers.map(({ status }) => status)).toEqual([401, 400, 404]);
    for (const { headers } of strangers) {
      expect(headers.get('link')).toContain(BASIC);
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('etag')).toMatch(/^"[^"]+"$/);
      for (const name of ['allow', 'vary', 'accept-post']) expect(headers.get(name)).not.toBeNull();
    }
    const origin = 'https://tool.example';
    const asked = { origin, 'access-control-request-method': 'POST', 'sec-fetch-site': 'cross-site' };
    const preflight = await fetch(container, { method: 'OPTIONS', headers: asked });
    expect(preflight.status).toBe(200);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Authorization');
    const exposed = preflight.headers.get('access-control-expose-headers') ?? '';
    for (const name of ['Allow', 'Link', 'ETag', 'Vary', 'Location', 'Content-Location', 'Accept-Post'])
      expect(exposed).toContain(name);
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
    const fromThere = { method: 'POST', body: remark(), headers: { origin, 'sec-fetch-site': 'cross-site' } };
    expect((await send(container, fromThere)).status).toBe(201);
    const byCookie = { ...fromThere.headers, authorization: '', cookie: `gloss-session=${owner.cookie}` };
    expect((await send(container, { ...fromThere, headers: byCookie })).status).toBe(403);
  });
});

describe('An annotation in it', () => {
  it('is made with an IRI below the container, told in Location; its old one becomes via, and canonical stays', async () => {
    const [canonical, id] = [`urn:uuid:${newId()}`, 'https://tool.example/anno/7'];
    const answer = await send(container, { method: 'POST', body: remark({ id, canonical }) });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-type')).toBe(LD_JSON);
    const made = (await answer.json()) as Web;
    expect(made.id.startsWith(container)).toBe(true);
    expect(made.id.length).toBeGreaterThan(container.length);
    expect(answer.headers.get('location')).toBe(made.id);
    expect(made).toMatchObject({ canonical, via: [id], type: 'Annotation', motivation: 'commenting' });
    expect(await read<Web>(made.id)).toEqual(made);
    const mark = await ask<Annotation>(
      'annotation.get',
      { cookie: owner.cookie, origin: api.url },
      {
        params: { projectId, annotationId: made.id.slice(container.length) },
      },
    );
    expect(mark).toMatchObject({
      sourceId: page.id,
      body: { value: 'Whose draft?' },
      creator: { id: owner.userId },
    });
    expect(mark.selector[1].exact).toBe(EXACT);
  });

  it.each(['GET', 'HEAD', 'OPTIONS'])(
    'answers %s with 200 and all that the protocol asks of headers',
    async (method) => {
      const { document, etag } = await make();
      const answer = await send(document.id, { method });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('link')).toContain(RESOURCE);
      for (const one of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])
        expect(answer.headers.get('allow')).toContain(one);
      expect(answer.headers.get('vary')).toContain('Accept');
      if (method === 'OPTIONS') return;
      expect(answer.headers.get('content-type')).toBe(LD_JSON);
      expect(answer.headers.get('etag')).toBe(etag);
    },
  );

  it('is replaced by PUT, which answers the new state, and not where it changed since it was read', async () => {
    const { document, etag } = await make({ canonical: 'urn:x:1', id: 'urn:x:2' });
    const next = { ...document, body: [{ type: 'TextualBody', value: 'The second draft?' }] };
    const put = (body: unknown, match: string) =>
      send(document.id, { method: 'PUT', body, headers: { 'if-match': match } });
    const changed = await put(next, etag);
    expect(changed.status).toBe(200);
    expect(changed.headers.get('link')).toContain(RESOURCE);
    const state = (await changed.json()) as Web;
    expect(state).toMatchObject({ id: document.id, canonical: 'urn:x:1', via: ['urn:x:2'] });
    expect(state.body?.[0]?.value).toBe('The second draft?');
    expect(await read<Web>(document.id)).toEqual(state);
    const stale = await put({ ...next, body: [{ type: 'TextualBody', value: 'Late' }] }, etag);
    expect(stale.status).toBe(412);
    expect(await read<Web>(document.id)).toEqual(state);
    const now = changed.headers.get('etag') ?? '';
    for (const other of [{ canonical: 'urn:x:3' }, { canonical: undefined }, { via: ['urn:x:4'] }])
      expect((await put({ ...state, ...other }, now)).status).toBe(409);
    const elsewhere = { source: page.url, selector: { type: 'TextQuoteSelector', exact: 'The ministry' } };
    const moved = (await (await put({ ...state, target: elsewhere }, now)).json()) as Web;
    expect(moved.target.selector.find(({ exact }) => exact)?.exact).toBe('The ministry');
  });

  it('is deleted with 204, not where it changed since it was read, and its IRI answers no more', async () => {
    const { document } = await make();
    const drop = (match: string) => send(document.id, { method: 'DELETE', headers: { 'if-match': match } });
    expect((await drop('"9"')).status).toBe(412);
    const { status, headers } = await send(document.id);
    expect(status).toBe(200);
    const gone = await drop(headers.get('etag') ?? '');
    expect([gone.status, await gone.text()]).toEqual([204, '']);
    expect((await send(document.id)).status).toBe(404);
    expect((await send(document.id, { method: 'DELETE' })).status).toBe(404);
    expect((await send(document.id, { method: 'PUT', body: document })).status).toBe(404);
  });

  it('comes back as it was read: codes, words and place, counted in code points', async () => {
    const cookie = { cookie: owner.cookie, origin: api.url };
    const name = `Denial ${newId()}`;
    const { id: codeId } = await ask<{ id: string }>('code.create', cookie, {
      params: { projectId },
      body: { name },
    });
    const source = await addSource(grantOf(owner, projectId), `🙂🙂 echo ${TEXT} echo`);
    const selector = [
      { type: 'TextPositionSelector', start: 3, end: 7 },
      { type: 'TextQuoteSelector', exact: 'echo' },
    ];
    const target = { source: `${api.url}/api/projects/${projectId}/sources/${source.id}`, selector };
    const body = [{ type: 'TextualBody', value: name, purpose: 'tagging' }];
    const { document, etag } = await make({ motivation: 'classifying', body, target });
    expect(document.motivation).toBe('classifying');
    expect(document.body?.map(({ purpose }) => purpose)).toEqual(['classifying', 'tagging']);
    expect(document.body?.[0]?.source).toMatch(new RegExp(`/codes/${codeId}$`));
    expect(document.target.selector[0]).toMatchObject({ type: 'TextPositionSelector', start: 3, end: 7 });
    const same = await send(document.id, { method: 'PUT', body: document, headers: { 'if-match': etag } });
    const { modified: _, ...again } = (await same.json()) as Web & { modified: string };
    const { modified: __, ...before } = document as Web & { modified: string };
    expect(again).toEqual(before);
  });

  it.each<[string, (page: Source) => object]>([
    ['no annotation', () => ({ type: 'Note' })],
    ['both kinds of body', () => ({ bodyValue: 'x' })],
    ['a body that is an address', () => ({ body: 'https://example.org/body' })],
    ['a picture as a body', () => ({ body: { type: 'Image', id: 'https://example.org/a.png' } })],
    ['a whole page as its target', ({ url }) => ({ target: url })],
    [
      'words that are not there',
      ({ url }) => ({ target: { source: url, selector: { type: 'TextQuoteSelector', exact: 'zelt' } } }),
    ],
    [
      'a page that is no source',
      () => ({
        target: { source: 'https://example.org/none', selector: { type: 'TextQuoteSelector', exact: EXACT } },
      }),
    ],
    [
      'a code that is not there',
      () => ({ body: { type: 'TextualBody', purpose: 'tagging', value: 'No such code' } }),
    ],
    ['a canonical that is no IRI', () => ({ canonical: 7 })],
    [
      'two targets',
      ({ url }) => ({
        target: [0, 1].map(() => ({ source: url, selector: { type: 'TextQuoteSelector', exact: EXACT } })),
      }),
    ],
  ])('of %s is refused with a reason, and nothing is kept', async (_, change) => {
    const { total } = await read<Container>(container);
    const answer = await send(container, { method: 'POST', body: remark(change(page)) });
    expect(answer.status).toBe(400);
    const { error } = (await answer.json()) as { error: { code: string; message: string } };
    expect(error.code).toBe('invalid');
    expect(error.message.length).toBeGreaterThan(20);
    expect((await read<Container>(container)).total).toBe(total);
  });

  it('is not made by a token that may only read', async () => {
    const authorization = `Bearer ${await tokenOf(owner, ['read'])}`;
    const { document } = await make();
    for (const [url, method] of [
      [container, 'POST'],
      [document.id, 'PUT'],
      [document.id, 'DELETE'],
    ] as const)
      expect((await send(url, { method, body: remark(), headers: { authorization } })).status).toBe(403);
    expect((await send(document.id, { headers: { authorization } })).status).toBe(200);
  });
});
