import '@/tests/support/test-environment';
import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeProject } from '@/db/projects';
import { confirmWaiting, keepWaiting } from '@/db/second-factors';
import { setEnv } from '@/env';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Claim } from '@/lib/claims/claim';
import type { Event } from '@/lib/events/event';
import type { Pass } from '@/lib/passes/pass';
import type { Delivery, Webhook, WebhookMade } from '@/lib/webhooks/webhook';
import { seal } from '@/server/factors/app-codes';
import { createDispatcher, waitAfter } from '@/server/webhooks/dispatcher';
import type { TestDatabase } from '@/tests/support/database';
import {
  addPerson,
  addProject,
  addSource,
  ask,
  call,
  grantOf,
  openInstance,
  type Person,
} from '@/tests/support/instance';
import { type Site, startCanary, startSite } from '@/tests/support/sites';
import { type Knock, knockAt, openDoor, until } from '@/tests/support/socket';

type Got = { headers: IncomingMessage['headers']; body: string };

let database: TestDatabase;
let site: Site;
let owner: Person;
let editor: Person;
let projectId: string;
let sourceId: string;
let got: Got[] = [];
let answer: (response: ServerResponse) => void;
beforeAll(async () => {
  database = await openInstance();
  site = await startSite(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    got.push({ headers: request.headers, body });
    answer(response);
  });
  setEnv({ GLOSS_TEST_IMPORT_HOSTS: site.host });
});
afterAll(async () => {
  setEnv({ GLOSS_TEST_IMPORT_HOSTS: '' });
  await site.close();
  await database.end();
});
beforeEach(async () => {
  got = [];
  answer = (response) => response.end('thanks');
  [owner, editor] = [await addPerson(database, 'Owner'), await addPerson(database, 'Editor')];
  projectId = await addProject(database, owner, { editor });
  sourceId = (await addSource(grantOf(owner, projectId))).id;
});

const here = (rest: object = {}) => ({ params: { projectId, ...rest } });
const make = (person = owner, events = ['claim.*']) =>
  ask<WebhookMade>('webhook.create', person, {
    ...here(),
    body: { url: `http://${site.host}/hook`, events },
  });
const claim = (wording = 'It rained') => ask<Claim>('claim.create', owner, { ...here(), body: { wording } });
const deliveriesOf = async (webhookId: string, person = owner) =>
  (await ask<{ items: Delivery[] }>('webhook-delivery.list', person, here({ webhookId }))).items;
const webhookNow = async (id: string) =>
  (await ask<{ items: Webhook[] }>('webhook.list', owner, here())).items.find((one) => one.id === id);

/** Sends all that is due now, or at another time, in ms from now. */
async function sendAll(later = 0, options: Parameters<typeof createDispatcher>[0] = {}): Promise<void> {
  const dispatcher = createDispatcher({ now: () => new Date(Date.now() + later), ...options });
  while ((await dispatcher.sendOnce()) > 0);
}
async function addFactor({ userId }: Person): Promise<void> {
  const sealed = seal('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP');
  await keepWaiting(database.db, userId, sealed);
  await confirmWaiting(database.db, userId, sealed, 0);
}
const saidIn = ({ body }: Got) => JSON.parse(body) as { type: string; data: { subject: { id: string } } };

describe('A webhook', () => {
  it('is told what it asked for, signed as the specification has it, once and in order', async () => {
    await claim('Before there was one');
    const { id, secret } = await make();
    const [first, second] = [await claim('It rained'), await claim('It snowed')];
    await ask('code.create', owner, { ...here(), body: { name: 'Weather' } });
    await sendAll();
    await sendAll();
    expect(got.map((one) => [saidIn(one).type, saidIn(one).data.subject.id]).sort()).toEqual(
      [first, second].map((made) => ['claim.created', made.id]).sort(),
    );
    for (const { headers, body } of got) {
      const [key, signedAt] = [headers['webhook-id'], headers['webhook-timestamp']];
      const hmac = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'));
      const signature = hmac.update(`${key}.${signedAt}.${body}`).digest('base64');
      expect(headers['webhook-signature']).toBe(`v1,${signature}`);
      expect(Math.abs(Date.now() / 1_000 - Number(signedAt))).toBeLessThan(60);
    }
    expect(await deliveriesOf(id)).toMatchObject([
      { state: 'sent', status: 200, answer: 'thanks', attempts: 1, due: null },
      { state: 'sent', status: 200 },
    ]);
  });

  it('is sent a test that tells nothing of the project, and what it was told again, under the same id', async () => {
    const { id } = await make();
    await claim();
    await sendAll();
    await ask('webhook.ping', owner, here({ webhookId: id }));
    const [, told] = await deliveriesOf(id);
    await ask('webhook-delivery.replay', owner, here({ webhookId: id, deliveryId: told?.id ?? '' }));
    await sendAll();
    expect(got.map((one) => saidIn(one).type).sort()).toEqual(['claim.created', 'claim.created', 'ping']);
    const ids = got.filter((one) => saidIn(one).type !== 'ping').map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(1);
    expect(JSON.parse(got.find((one) => saidIn(one).type === 'ping')?.body ?? '').data).toEqual({
      projectId,
    });
  });

  it('that fails is tried again later and later, and after days of it is switched off, with a notice', async () => {
    answer = (response) => response.writeHead(500).end('<b>broken</b>');
    const { id } = await make();
    await claim();
    await sendAll();
    expect(got).toHaveLength(1);
    await sendAll(30_000);
    expect(got).toHaveLength(1);
    await sendAll(61_000);
    expect(got).toHaveLength(2);
    const [delivery] = await deliveriesOf(id);
    expect(delivery).toMatchObject({ state: 'waiting', status: 500, answer: '<b>broken</b>', attempts: 2 });
    const waits = [1, 2, 3, 4, 5, 6, 7].map((nth) => waitAfter(nth) ?? 0);
    expect(waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000).toBeCloseTo(22.4, 1);
    expect(waitAfter(8)).toBeNull();
    let later = 61_000;
    for (const wait of waits.slice(1)) {
      later += wait + 1_000;
      await sendAll(later);
    }
    expect((await deliveriesOf(id))[0]).toMatchObject({ state: 'failed', attempts: 8 });
    expect(await webhookNow(id)).toMatchObject({ disabled: null });
    await claim('Later');
    await sendAll(4 * 86_400_000);
    expect(await webhookNow(id)).toMatchObject({ disabled: { because: 'failing' } });
    const { items } = await ask<{ items: { kind: string; path: string }[] }>('notice.list', owner);
    expect(items[0]).toMatchObject({
      kind: 'webhook-stopped',
      path: `/projects/${projectId}/settings#webhooks`,
    });
    const sent = got.length;
    answer = (response) => response.end();
    await claim('While it was off');
    const off = await webhookNow(id);
    await ask('webhook.update', owner, { ...here({ webhookId: id }), body: { isEnabled: true } });
    expect((await webhookNow(id))?.failingSince).toBeNull();
    await claim('On again');
    await sendAll(5 * 86_400_000);
    const said = got.slice(sent).map(({ body }) => JSON.parse(body).data.subject.wording);
    expect(said).toContain('On again');
    expect(said).not.toContain('While it was off');
    expect(off?.failingSince).not.toBeNull();
  });

  it('whose receiver says that it is gone is switched off at once', async () => {
    answer = (response) => response.writeHead(410).end();
    const { id } = await make();
    await claim();
    await sendAll();
    expect(await webhookNow(id)).toMatchObject({ disabled: { because: 'gone' } });
    expect((await call('webhook.ping', owner, here({ webhookId: id }))).status).toBe(409);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['leaves', () => ask('member.remove', owner, { ...here(), body: { userId: editor.userId } })],
    [
      'may have none any more',
      () => ask('member.update', owner, { ...here(), body: { userId: editor.userId, role: 'reader' } }),
    ],
  ])('ends when whoever made it %s, before anything more is told', async (_, end) => {
    const { id } = await make(editor);
    await claim();
    await sendAll();
    await ask('webhook.ping', editor, here({ webhookId: id }));
    await claim('Not for them');
    await end();
    await sendAll();
    expect(got).toHaveLength(1);
    expect(await webhookNow(id)).toMatchObject({ disabled: { because: 'left' } });
  });

  it('tells no more than its maker may see: no mark of a blind pass, no protected name, judged when it is sent', async () => {
    const { id } = await make(editor, ['*']);
    const pass = await ask<Pass>('pass.create', owner, {
      ...here(),
      body: {
        ...{ name: 'Round 1', kind: 'blind', sourceIds: [sourceId] },
        coders: [{ userId: owner.userId }, { userId: editor.userId }],
      },
    });
    const mark = (body: object) =>
      ask<Annotation>('annotation.create', owner, {
        ...here(),
        body: { sourceId, selector: [{ type: 'TextQuoteSelector', exact: 'a draft report' }], ...body },
      });
    const hidden = await mark({ motivation: 'highlighting', passId: pass.id });
    const quote = await mark({ motivation: 'quoting', quote: { speaker: 'Zenobia Quill' } });
    const speakerId = quote.quote?.speakerId ?? '';
    await ask('speaker.protect', owner, { ...here({ speakerId }), body: { pseudonym: 'Source Heron' } });
    await sendAll();
    const all = got.map(({ body }) => body).join('\n');
    expect(all).toContain(quote.id);
    expect(all).not.toContain(hidden.id);
    expect(all).not.toContain('Quill');
    expect((await deliveriesOf(id, editor)).every(({ state }) => state === 'sent')).toBe(true);
  });

  it('tells the open pages of its maker, and nobody else’s, when it was told something', async () => {
    const door = await openDoor(database);
    const [mine, theirs] = [owner, editor].map(({ cookie }) =>
      knockAt(door, `/live/${projectId}?after=0`, { cookie }),
    ) as [Knock, Knock];
    for (const page of [mine, theirs]) await until(() => page.said('ready').length === 1);
    const { id } = await make(owner);
    const told = () => mine.said('deliveries').length;
    await ask('webhook.ping', owner, here({ webhookId: id }));
    await until(() => told() === 1);
    await sendAll();
    await until(() => told() === 2);
    await claim();
    await sendAll();
    await until(() => told() === 4);
    expect(mine.said('deliveries')).toEqual(Array(4).fill({ type: 'deliveries', webhookId: id }));
    expect(theirs.said('deliveries')).toEqual([]);
    for (const page of [mine, theirs]) page.leave();
    await door.stop();
  });

  it('waits while its maker lacks the second factor that is asked for, and is told all once they have one', async () => {
    const { id } = await make(editor);
    const queued = await claim('Before it was asked for');
    await addFactor(owner);
    await changeProject(database.db, grantOf(owner, projectId), { secondFactor: true });
    const later = await claim('While it is asked for');
    await sendAll();
    await sendAll(2 * 3_600_000);
    expect(got).toEqual([]);
    await addFactor(editor);
    const { items } = await ask<{ items: Webhook[] }>('webhook.list', editor, here());
    expect(items.find((one) => one.id === id)).toMatchObject({ disabled: null });
    await sendAll(4 * 3_600_000);
    expect(got.map((one) => saidIn(one).data.subject.id).sort()).toEqual([queued.id, later.id].sort());
  });

  it('can still be deleted once its project is archived, and not changed', async () => {
    const [{ id }, other] = [await make(owner), await make(editor)];
    await ask('project.archive', owner, here());
    expect((await ask<{ items: Webhook[] }>('webhook.list', editor, here())).items).toHaveLength(2);
    for (const operation of ['webhook.renew', 'webhook.ping'] as const)
      expect((await call(operation, owner, here({ webhookId: id }))).status).toBe(403);
    expect((await call('webhook.delete', editor, here({ webhookId: id }))).status).toBe(403);
    await ask('webhook.delete', editor, here({ webhookId: other.id }));
    await ask('webhook.delete', owner, here({ webhookId: id }));
    expect((await ask<{ items: Webhook[] }>('webhook.list', owner, here())).items).toEqual([]);
  });

  it('is nobody’s to read or change but its maker’s, and others see neither its address nor what it was told', async () => {
    const { id } = await make(owner);
    await ask('webhook.ping', owner, here({ webhookId: id }));
    const [seen] = (await ask<{ items: Webhook[] }>('webhook.list', editor, here())).items;
    expect(seen?.url).toBe(`http://${site.host}/…`);
    for (const operation of [
      'webhook.update',
      'webhook.renew',
      'webhook.ping',
      'webhook-delivery.list',
    ] as const) {
      const body = operation === 'webhook.update' ? { body: { url: 'https://example.org/mine' } } : {};
      expect((await call(operation, editor, { ...here({ webhookId: id }), ...body })).status).toBe(403);
    }
    expect((await call('webhook.delete', editor, here({ webhookId: id }))).status).toBe(403);
    const theirs = await make(editor);
    expect((await call('webhook.delete', owner, here({ webhookId: theirs.id }))).status).toBe(200);
    const { items } = await ask<{ items: Event[] }>('event.list', owner, here());
    const subjects = items.flatMap(({ happening }) =>
      happening.type.startsWith('webhook.') ? [JSON.stringify(happening)] : [],
    );
    expect(subjects).toHaveLength(3);
    expect(subjects.join()).not.toContain('/hook');
    expect(subjects.join()).not.toContain('whsec_');
    const stored = await database.db.execute('select secret from webhooks');
    expect(JSON.stringify(stored.rows)).not.toContain('whsec_');
  });
});

describe('An address that is to be told things', () => {
  it.each([
    ['http://example.org/hook', 'https://'],
    ['https://127.0.0.1/hook', 'not public'],
    ['https://localhost/hook', 'not public'],
    ['https://10.0.0.1.internal/hook', 'not public'],
    ['https://me:secret@example.org/hook', 'password'],
    ['https://example.org:8443/hook', 'port'],
    ['ftp://example.org/', 'http'],
    ['nonsense', 'web address'],
  ])('is refused where it is %s', async (url, words) => {
    const response = await call('webhook.create', owner, { ...here(), body: { url, events: ['*'] } });
    expect([response.status, await response.text()]).toEqual([400, expect.stringMatching(words)]);
  });

  it('is checked again at each try: a name that leads inside by then is told nothing, nor where a redirect leads', async () => {
    const canary = await startCanary();
    const inner = [{ address: '127.0.0.1', family: 4 as const }];
    const body = { url: 'https://hook.example.org/', events: ['*'] };
    const { id } = await ask<WebhookMade>('webhook.create', owner, { ...here(), body });
    await ask('webhook.ping', owner, here({ webhookId: id }));
    await sendAll(0, { resolve: async () => inner });
    expect((await deliveriesOf(id))[0]).toMatchObject({
      ...{ state: 'waiting', status: null, error: expect.stringContaining('not public') },
    });
    answer = (response) => response.writeHead(302, { location: `http://${canary.host}/` }).end();
    const hook = await make(owner, ['claim.*']);
    await claim();
    await sendAll();
    expect((await deliveriesOf(hook.id))[0]).toMatchObject({ state: 'waiting', status: 302 });
    expect(canary.seen()).toBe(0);
    await canary.close();
  });

  it('that answers without end, or never, is waited for no longer than it may take', async () => {
    answer = (response) => {
      response.write('x'.repeat(100_000));
    };
    const { id } = await make();
    await claim();
    await sendAll();
    const [delivery] = await deliveriesOf(id);
    expect(delivery).toMatchObject({ state: 'sent', status: 200 });
    expect(delivery?.answer).toHaveLength(500);
  });
});
