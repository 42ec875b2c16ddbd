import '@/tests/support/test-environment';
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { can } from '@/lib/access/can';
import { newId } from '@/lib/new-id';
import { NOTE_MESSAGE, SYNC_STEP } from '@/lib/notes/note-sync';
import { NOTE_SCHEMA_VERSION } from '@/lib/notes/schema-version';
import { SOCKET_KINDS } from '@/server/gateway';
import { createNote } from '@/server/notes';
import type { TestDatabase } from '@/tests/support/database';
import { fingerprintOf } from '@/tests/support/fingerprint';
import { type Credentials, grantOf, openInstance, tokenOf } from '@/tests/support/instance';
import { askForAll, awarenessMessage, carries, paragraph, syncMessage } from '@/tests/support/note-messages';
import { type Door, type Knock, knockAt, openDoor, until } from '@/tests/support/socket';
import {
  CALLERS,
  type Caller,
  makeWorld,
  type Place,
  RELATIONS,
  type Relation,
  roleOf,
  type World,
} from './world';

type Kind = (typeof SOCKET_KINDS)[number];

let database: TestDatabase;
let world: World;
let door: Door;
const knocks: Knock[] = [];

beforeAll(async () => {
  database = await openInstance();
  world = await makeWorld(database);
  door = await openDoor(database);
});
afterEach(() => {
  for (const knock of knocks.splice(0)) knock.leave();
});
afterAll(async () => {
  await door.stop();
  await database.end();
});

function knock(path: string, credentials?: Credentials, extra?: Record<string, string>): Knock {
  const made = knockAt(door, path, credentials, extra);
  knocks.push(made);
  return made;
}

/** Asks for the note once it is open: a reader is told nothing before. */
function asking(path: string, credentials: Credentials): Knock {
  const made = knock(path, credentials);
  if (path.startsWith('/sync/')) made.socket.on('open', () => made.socket.send(askForAll()));
  return made;
}

const answers = (one: Knock) =>
  one.heard.filter((message) => message[0] === NOTE_MESSAGE.sync && message[1] === SYNC_STEP.answer).length;

/** Opens a note and waits until it was handed over whole. */
async function enter(path: string, credentials: Credentials): Promise<Knock> {
  const made = asking(path, credentials);
  await until(() => answers(made) === 1);
  return made;
}

/** Asks again: whatever was sent before has been dealt with once the answer is there. */
async function settle(one: Knock): Promise<void> {
  const before = answers(one);
  one.socket.send(askForAll());
  await until(() => answers(one) > before);
}

const credentialsOf = (caller: Caller): Credentials =>
  caller === 'anonymous' ? {} : { cookie: world.people[caller].cookie };
const noteIn = async (place: Place) =>
  (await createNote(grantOf(place.owner, place.projectId), { title: 'Shared' })).id;

/** The address of a socket of a kind in a project. */
async function pathOf(kind: Kind, relation: Relation): Promise<string> {
  const place = world.places[relation];
  if (kind === 'live') return `/live/${place.projectId}`;
  const noteId = await noteIn(relation === 'missing' ? world.places.own : place);
  return `/sync/${place.projectId}/${noteId}?schema=${NOTE_SCHEMA_VERSION}&ack=1`;
}

function expected(caller: Caller, relation: Relation): number {
  if (caller === 'anonymous') return 401;
  return relation === 'own' && roleOf(caller) !== null ? 101 : 4404;
}

/** Everything a socket may be sent, by kind; each is sent before the server has judged who it is. */
const MESSAGES: Record<Kind, (string | Uint8Array)[]> = {
  live: [
    JSON.stringify({ type: 'presence', at: {} }),
    JSON.stringify({ type: 'ping' }),
    '{"type":"annotation.create"}',
    'not json',
    Uint8Array.of(0, 1, 2),
  ],
  sync: [
    askForAll(),
    syncMessage(SYNC_STEP.answer, paragraph('by answer')),
    syncMessage(SYNC_STEP.update, paragraph('by update')),
    awarenessMessage(1, { user: { name: 'x' } }),
    Uint8Array.of(NOTE_MESSAGE.queryAwareness),
    Uint8Array.of(NOTE_MESSAGE.saved, 0, 0),
    Uint8Array.of(77),
    'text',
  ],
};

describe.each(SOCKET_KINDS)('A %s socket', (kind) => {
  const cells = CALLERS.flatMap((caller) => RELATIONS.map((relation) => [caller, relation] as const));
  it.each(cells)('is opened to %s of an %s project as the table says', async (caller, relation) => {
    const path = await pathOf(kind, relation);
    const status = expected(caller, relation);
    const asked = asking(path, credentialsOf(caller));
    expect(await asked.answer()).toBe(status);
    if (status === 101) return;
    // Refused: nothing was said, and what it says before it is judged is never heard.
    expect(asked.heard).toEqual([]);
    const before = await fingerprintOf(database);
    for (const message of MESSAGES[kind]) {
      const again = knock(path, credentialsOf(caller));
      again.socket.on('open', () => again.socket.send(message));
      expect(await again.answer()).toBe(status);
      expect(again.heard).toEqual([]);
    }
    expect(await fingerprintOf(database)).toBe(before);
  });

  it('is closed to a stranger as to nobody, whatever their token says', async () => {
    const path = await pathOf(kind, 'own');
    const wrong: [Credentials, Record<string, string>?][] = [
      [{ token: '' }],
      [{ token: 'x'.repeat(43) }],
      [{ cookie: 'x'.repeat(43) }],
      [{ cookie: '%%' }],
      [{}, { authorization: 'Bearer %%' }],
      [{}, { authorization: 'Bearer' }],
      [{}, { authorization: `Basic ${'x'.repeat(43)}` }],
      // A broken token is not mended by a good cookie.
      [{ cookie: world.people.owner.cookie }, { authorization: 'Bearer %%' }],
    ];
    for (const [credentials, extra] of wrong) {
      const asked = knock(path, credentials, extra);
      expect([401, 4401], JSON.stringify([credentials, extra])).toContain(await asked.answer());
      expect(asked.heard).toEqual([]);
    }
  });

  it.each(
    [
      'null',
      'http://evil.test',
      'https://gloss.test',
      'http://gloss.test:8080',
      'http://gloss.test.evil.test',
      'http://evilgloss.test',
      'http://sub.gloss.test',
      'http://gloss.test@evil.test',
      'http://xn--glss-5qa.test',
      'HTTP://GLOSS.TEST',
      'http://gloss.test/',
      'file://',
    ].map((origin) => [origin]),
  )('never opens by cookie to a page of %s', async (origin) => {
    const { cookie } = world.people.owner;
    const asked = knock(await pathOf(kind, 'own'), { cookie, origin });
    expect(await asked.answer()).toBe(403);
    expect(asked.opened).toBe(false);
  });

  it('never opens by cookie without an origin, and by token from anywhere', async () => {
    const path = await pathOf(kind, 'own');
    const { owner } = world.people;
    expect(await knock(path, { cookie: owner.cookie, origin: null }).answer()).toBe(403);
    const token = await tokenOf(owner);
    expect(await knock(path, { token, origin: 'http://elsewhere.test' }).answer()).toBe(101);
    expect(await knock(path, { origin: null }, { authorization: `Bearer ${token}` }).answer()).toBe(101);
  });

  it('survives a peer that breaks the framing', async () => {
    const path = await pathOf(kind, 'own');
    const asked = knock(path, { cookie: world.people.owner.cookie });
    await asked.answer();
    const raw = (asked.socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket;
    raw.write(Buffer.from([0xff, 0xff, ...randomBytes(40)]));
    await asked.ended();
    expect(await knock(path, { cookie: world.people.owner.cookie }).answer()).toBe(101);
  });
});

describe('The address of an upgrade', () => {
  it.each([
    'http://evil.test/live/x',
    'ws://evil.test/',
    '//evil.test/live/x',
    '*',
    '/',
    '/live',
    '/live/not-an-id',
    '/live/0198c0de-0000-7000-8000-000000000000?after=-1',
    '/live/0198c0de-0000-7000-8000-000000000000?after=x',
    '/sync/0198c0de-0000-7000-8000-000000000000',
    '/sync/0198c0de-0000-7000-8000-000000000000/x',
    '/_next/webpack-hmr',
    '/live/%',
  ])('is refused with 400 when it is none of ours: %s', async (target) => {
    const { cookie } = world.people.owner;
    expect(await upgradeRaw(door.port, target, cookie)).toMatch(/^HTTP\/1\.1 400 /);
  });
});

/** Sends an upgrade whose request line no client library would write, and answers the status line. */
async function upgradeRaw(port: number, target: string, cookie: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `GET ${target} HTTP/1.1\r\nHost: gloss.test\r\nOrigin: http://gloss.test\r\nCookie: gloss-session=${cookie}\r\n` +
      `Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
  );
  let said = '';
  for await (const part of socket) said += String(part);
  return said;
}

describe('What a member sends on a live socket', () => {
  const members = CALLERS.filter((caller) => roleOf(caller) !== null);

  it.each(members)('%s is seen under their own name, and answered', async (caller) => {
    const path = `/live/${world.places.own.projectId}`;
    const watcher = knock(path, { cookie: world.people.owner.cookie });
    await watcher.answer();
    const before = await fingerprintOf(database);
    const { cookie, userId } = world.people[caller as 'owner'];
    const asked = knock(path, { cookie });
    await asked.answer();
    const { sourceId } = world.places.own;
    const at = { sourceId, noteId: null, name: 'The boss', userId: newId() };
    asked.socket.send(JSON.stringify({ type: 'presence', at }));
    asked.socket.send(JSON.stringify({ type: 'ping' }));
    await until(() => asked.said('pong').length === 1);
    await until(() => watcher.here().some((one) => one.userId === userId && one.sourceId === sourceId));
    expect(watcher.heard.some((one) => carries(one, 'The boss') || carries(one, at.userId))).toBe(false);
    expect(await fingerprintOf(database)).toBe(before);
  });

  it.each([
    ['words', 'hello'],
    ['an unknown kind', '{"type":"annotation.create"}'],
    ['a whereabouts that is none', '{"type":"presence","at":{"sourceId":"x"}}'],
    ['bytes', Uint8Array.of(1, 2, 3)],
  ])('ends it with 4400 for %s', async (_, message) => {
    const asked = knock(`/live/${world.places.own.projectId}`, { cookie: world.people.owner.cookie });
    await asked.answer();
    asked.socket.send(message);
    expect(await asked.ended()).toBe(4400);
  });
});

describe('What a member sends into a note', () => {
  /** How many changes of the note are in its log; other notes may come to rest at any time. */
  async function logOf(path: string): Promise<number> {
    const noteId = /\/sync\/[^/]+\/([^?]+)/.exec(path)?.[1];
    const { rows } = await database.db.$client.query<{ count: number }>(
      'select count(*)::int as count from note_updates where note_id = $1',
      [noteId],
    );
    return rows[0]?.count ?? 0;
  }

  const members = CALLERS.filter((caller) => roleOf(caller) !== null);

  it.each(
    members.flatMap((caller) => [
      [caller, 'update', SYNC_STEP.update] as const,
      [caller, 'sync step 2', SYNC_STEP.answer] as const,
    ]),
  )('%s changes the text by %s only when the role may write', async (caller, _, step) => {
    const mayWrite = can(roleOf(caller) ?? 'reader', 'note.write');
    await changesText({ cookie: world.people[caller as 'owner'].cookie }, step, mayWrite);
  });

  it('a token that may only read changes nothing, even of an owner', async () => {
    await changesText({ token: await tokenOf(world.people.owner, ['read']) }, SYNC_STEP.update, false);
  });

  async function changesText(credentials: Credentials, step: number, mayWrite: boolean): Promise<void> {
    const { own } = world.places;
    const path = `/sync/${own.projectId}/${await noteIn(own)}?ack=1`;
    const watcher = await enter(path, { cookie: world.people.owner.cookie });
    const before = await logOf(path);
    const writer = await enter(path, credentials);
    const words = `words ${newId()}`;
    writer.socket.send(syncMessage(step, paragraph(words)));
    await settle(writer);
    expect(writer.heard.some((one) => carries(one, words))).toBe(mayWrite);
    if (mayWrite) {
      await until(() => watcher.heard.some((one) => carries(one, words)));
      await until(async () => (await logOf(path)) > before);
      await until(() => writer.heard.some((one) => one[0] === NOTE_MESSAGE.saved));
    } else {
      await settle(watcher);
      expect(watcher.heard.some((one) => carries(one, words))).toBe(false);
      expect(await logOf(path)).toBe(before);
    }
    expect(writer.code).toBe(null);
  }

  it.each(members)('%s sees and is seen, and stores nothing by it', async (caller) => {
    const { own } = world.places;
    const path = `/sync/${own.projectId}/${await noteIn(own)}`;
    const watcher = await enter(path, { cookie: world.people.owner.cookie });
    const before = await logOf(path);
    const { cookie, name } = world.people[caller as 'owner'];
    const asked = await enter(path, { cookie });
    asked.socket.send(awarenessMessage(4242, { user: { name: 'The boss' } }));
    asked.socket.send(Uint8Array.of(NOTE_MESSAGE.queryAwareness));
    await until(() => watcher.heard.some((one) => carries(one, `"${name}"`)));
    expect(watcher.heard.some((one) => carries(one, 'The boss'))).toBe(false);
    expect(await logOf(path)).toBe(before);
  });

  it.each(members)('%s is closed for text, and passed over for a kind nobody knows', async (caller) => {
    const { own } = world.places;
    const path = `/sync/${own.projectId}/${await noteIn(own)}`;
    const { cookie } = world.people[caller as 'owner'];
    const before = await logOf(path);
    const odd = await enter(path, { cookie });
    odd.socket.send(Uint8Array.of(77, 1, 2, 3));
    odd.socket.send(Uint8Array.of(NOTE_MESSAGE.saved, 1, 0, 99));
    await settle(odd);
    odd.socket.send('-1');
    expect(await odd.ended()).toBe(4400);
    expect(await logOf(path)).toBe(before);
  });

  it('is told to reload with another note schema, before anything else', async () => {
    const { own } = world.places;
    const path = `/sync/${own.projectId}/${await noteIn(own)}?schema=0`;
    const old = knock(path, { cookie: world.people.owner.cookie });
    old.socket.on('open', () => old.socket.send(syncMessage(SYNC_STEP.update, paragraph('old'))));
    expect(await old.answer()).toBe(4409);
    expect(old.heard).toEqual([]);
  });

  it('is not found for a note of another project', async () => {
    const { own, foreign } = world.places;
    const theirs = await noteIn(foreign);
    for (const noteId of [theirs, newId()]) {
      const asked = knock(`/sync/${own.projectId}/${noteId}`, { cookie: world.people.owner.cookie });
      expect(await asked.answer()).toBe(4404);
      expect(asked.heard).toEqual([]);
    }
  });
});

describe('Somebody who floods', () => {
  it('a live feed is sent away for a while, and heard no more', async () => {
    const path = `/live/${world.places.own.projectId}`;
    const asked = knock(path, { cookie: world.people.reader.cookie });
    await asked.answer();
    for (let nth = 0; nth < 500; nth++) asked.socket.send(JSON.stringify({ type: 'ping' }));
    expect(await asked.ended()).toBe(4529);
    expect(asked.said('pong').length).toBeLessThan(100);
    expect(await knock(path, { cookie: world.people.owner.cookie }).answer()).toBe(101);
  });
});

describe('How many sockets a person may have', () => {
  it('ends at 40, and is told to come back later', async () => {
    const { editor } = world.people;
    const path = `/live/${world.places.own.projectId}`;
    const mine = Array.from({ length: 40 }, () => knock(path, { cookie: editor.cookie }));
    await Promise.all(mine.map((one) => one.answer()));
    expect(await knock(path, { cookie: editor.cookie }).answer()).toBe(4529);
    expect(await knock(path, { cookie: world.people.owner.cookie }).answer()).toBe(101);
    mine[0]?.leave();
    await until(async () => (await knock(path, { cookie: editor.cookie }).answer()) === 101);
  });
});
