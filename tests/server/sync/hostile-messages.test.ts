import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { loadNote } from '@/db/note-log';
import { noteKeyOf } from '@/lib/access/note-key';
import { CLOSE } from '@/lib/live/close-codes';
import { applyStored } from '@/lib/notes/note-sync';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import {
  grantFor,
  makePlace,
  type NoteServer,
  openRaw,
  openTab,
  type Place,
  type RawClient,
  startServer,
  synced,
  type Tab,
  textOf,
  until,
} from './note-server';

let database: TestDatabase;
let place: Place;
let server: NoteServer;
let ada: Tab;
let ben: Tab;
let reconnects: number;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.end());
beforeEach(async () => {
  place = await makePlace(database.db);
  server = await startServer(database, place);
  [ada, ben] = [openTab(server, place), openTab(server, place, { person: '1' })];
  await synced(ada, ben);
  ada.text.insert(0, 'honest: ');
  await until(() => ben.text.toString() === 'honest: ');
  reconnects = 0;
  for (const tab of [ada, ben]) {
    tab.provider.on('connection-close', () => {
      reconnects++;
    });
  }
});
afterEach(async () => {
  ada.close();
  ben.close();
  await server.stop();
});

/** What the two honest people in the room must still be able to do, and what a cold reader must find. */
async function expectHonestPairUnharmed(): Promise<void> {
  ada.text.insert(ada.text.length, 'a');
  ben.text.insert(ben.text.length, 'b');
  await until(() => ada.text.length === 10 && ada.text.toString() === ben.text.toString(), 2_000);
  expect(reconnects).toBe(0);
  await until(async () => {
    const doc = new Y.Doc();
    applyStored(doc, await loadNote(database.db, noteKeyOf(grantFor(place), place.noteId)));
    return textOf(doc).toString() === ada.text.toString();
  });
}

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
const sync = (step: number, update: readonly number[]) => [0, step, ...varint(update.length), ...update];
const awareness = (body: readonly number[]) => [1, ...varint(body.length), ...body];
const state = (client: number, clock: number, text: string) => {
  const bytes = [...new TextEncoder().encode(text)];
  return awareness([1, ...varint(client), ...varint(clock), ...varint(bytes.length), ...bytes]);
};

/** A real change with its last bytes missing: the structs are in, the deletions are not. */
function halfAnUpdate(): number[] {
  const doc = new Y.Doc();
  textOf(doc).insert(0, 'poison');
  textOf(doc).delete(1, 2);
  return [...Y.encodeStateAsUpdate(doc)].slice(0, -2);
}

const CLOSED_WITH_4400: [string, string | number[]][] = [
  ['a text message', '-1'],
  ['an empty message', []],
  ['a number that does not end', [0x80]],
  ['a number beyond 32 bits', [0xff, 0xff, 0xff, 0xff, 0xff, 0x01]],
  ['a number of 147 bytes', [0, 2, ...new Array(147).fill(0x80), 1]],
  ['a sync message without a step', [0]],
  ['an unknown sync step', [0, 3, 0]],
  ['a body that is shorter than it says', [0, 2, 200, 1, 1, 1]],
  ['a body that says it has 4 GiB', [0, 2, 0xff, 0xff, 0xff, 0xff, 0x0f]],
  ['bytes after the body', [...sync(0, [0]), 7]],
  ['an update of no bytes', sync(2, [])],
  ['an update cut off in its first struct', sync(2, [1, 1, 7, 0, 4, 1])],
  ['an update cut off after half of it was applied', sync(2, halfAnUpdate())],
  ['an update of a struct type that does not exist', sync(2, [1, 1, 7, 0, 31, 1, 1, 97, 0])],
  ['a string that reaches beyond the message', sync(2, [1, 1, 7, 0, 4, 1, 1, 97, 0xff, 0xff, 0x03, 98, 0])],
  ['a state vector that reaches beyond the message', sync(0, [5, 1])],
  ['awareness of many that names none', awareness([0xff, 0xff, 0xff, 0xff, 0x0f])],
  ['awareness that is no JSON', state(11, 1, '{"user":')],
  ['awareness that is no object', state(11, 1, '[1]')],
  ['awareness nested 2,000 deep', state(11, 1, `{"cursor":${'['.repeat(2000)}${']'.repeat(2000)}}`)],
  ['awareness of 10 kB', state(11, 1, `{"cursor":"${'x'.repeat(10_000)}"}`)],
  [
    'awareness with a clock beyond all numbers',
    awareness([1, 11, ...new Array(9).fill(0xff), 1, 2, 123, 125]),
  ],
];

describe('a message no honest client sends', () => {
  it.each(CLOSED_WITH_4400)('%s closes its own socket with 4400 and harms nobody', async (_name, message) => {
    const raw = await openRaw(server, place, { person: '2' });
    raw.socket.send(typeof message === 'string' ? message : Uint8Array.from(message));
    await until(() => raw.closed() !== null);
    expect(raw.closed()).toBe(CLOSE.malformed);
    await expectHonestPairUnharmed();
  });

  it('half an update is neither kept nor passed on', async () => {
    const raw = await openRaw(server, place, { person: '2' });
    raw.socket.send(Uint8Array.from(sync(2, halfAnUpdate())));
    await until(() => raw.closed() !== null);
    await expectHonestPairUnharmed();
    const late = openTab(server, place, { person: '2' });
    await synced(late);
    expect(late.text.toString()).toBe(ada.text.toString());
    expect(ada.text.toString()).not.toContain('p');
    late.close();
  });

  it('an unknown message type is passed over', async () => {
    const raw = await openRaw(server, place, { person: '2' });
    raw.socket.send(Uint8Array.from([42, 1, 2, 3]));
    raw.socket.send(Uint8Array.from([3]));
    await until(() => raw.messages.some((message) => message[0] === 1));
    expect(raw.closed()).toBeNull();
    await expectHonestPairUnharmed();
    raw.socket.close();
  });

  it('a reader is refused before its update is looked at', async () => {
    const raw = await openRaw(server, place, { person: '2', readOnly: '1' });
    raw.socket.send(Uint8Array.from(sync(2, halfAnUpdate())));
    raw.socket.send(Uint8Array.from(sync(1, [1, 1, 7])));
    raw.socket.send(Uint8Array.from(sync(0, [0])));
    await until(() => raw.messages.some((message) => message[0] === 0 && message[1] === 1));
    expect(raw.closed()).toBeNull();
    await expectHonestPairUnharmed();
    raw.socket.close();
  });

  it('an update above 2 MiB closes its socket with 4413', async () => {
    const raw = await openRaw(server, place, { person: '2' });
    raw.socket.send(Uint8Array.from(sync(2, new Array(2 * 1024 * 1024 + 1).fill(0))));
    await until(() => raw.closed() !== null);
    expect(raw.closed()).toBe(CLOSE.tooLarge);
    await expectHonestPairUnharmed();
  });
});

/** Opens a socket by hand, so that broken frames can be written to it. */
async function openBytes(): Promise<import('node:net').Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(
    `GET /sync/${place.projectId}/${place.noteId}?person=2 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n` +
      'Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  );
  await once(socket, 'data');
  return socket;
}

describe('a broken frame', () => {
  it.each([
    ['with a reserved bit', [0xc2, 0x80, 0, 0, 0, 0]],
    ['with a reserved opcode', [0x83, 0x80, 0, 0, 0, 0]],
    ['that continues nothing', [0x80, 0x80, 0, 0, 0, 0]],
    ['that is not masked', [0x82, 0x01, 3]],
    ['of 101 MiB', [0x82, 0xff, 0, 0, 0, 0, 0x06, 0x50, 0, 0, 0, 0, 0, 0]],
    ['of 2^62 bytes', [0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
    ['with a closing code that is never sent', [0x88, 0x82, 0, 0, 0, 0, 0x03, 0xee]],
    ['with a ping of 126 bytes', [0x89, 0xfe, 0, 126, 0, 0, 0, 0]],
  ])('%s ends its own socket and harms nobody', async (_name, bytes) => {
    const socket = await openBytes();
    socket.write(Uint8Array.from(bytes));
    await until(() => socket.destroyed || socket.readableEnded || !socket.writable);
    await expectHonestPairUnharmed();
    socket.destroy();
  });

  it('torn off in its middle harms nobody', async () => {
    const socket = await openBytes();
    socket.write(Uint8Array.from([0x82, 0xfe, 0x10, 0, 1, 2, 3, 4, 5, 6]));
    socket.resetAndDestroy();
    await until(() => server.rooms.stats().connections === 2);
    await expectHonestPairUnharmed();
  });
});

describe('too much of a good thing', () => {
  async function flood(message: number[], count: number): Promise<RawClient> {
    const raw = await openRaw(server, place, { person: '2' });
    const bytes = Uint8Array.from(message);
    for (let index = 0; index < count; index++) raw.socket.send(bytes);
    await until(() => raw.closed() !== null);
    return raw;
  }

  it('asking for the note 150 times ends the socket with 4529', async () => {
    const raw = await flood(sync(0, [0]), 150);
    expect(raw.closed()).toBe(CLOSE.tooMany);
    expect(raw.messages.filter((message) => message[0] === 0 && message[1] === 1).length).toBeLessThan(15);
    await expectHonestPairUnharmed();
  });

  it('thousands of messages at once end the socket with 4529', async () => {
    expect((await flood([3], 3_000)).closed()).toBe(CLOSE.tooMany);
    await expectHonestPairUnharmed();
  });

  it('changes that build on what never comes are not kept, and end a socket that has given all it has', async () => {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    const text = textOf(doc);
    for (let index = 0; index < 60; index++) text.insert(index, 'x');
    updates.shift();
    const raw = await openRaw(server, place, { person: '2' });
    const asks = () => raw.messages.filter((message) => message[0] === 0 && message[1] === 0).length;
    await until(() => asks() === 1);
    for (const update of updates.slice(1, 3)) raw.socket.send(Uint8Array.from(sync(2, [...update])));
    // It is asked once for all that is missing, however many gaps there are before it answers.
    await until(() => asks() === 2);
    raw.socket.send(Uint8Array.from(sync(1, [...Y.mergeUpdates(updates.slice(0, 3))])));
    await until(() => ada.text.toString().includes('xxx'));
    for (const update of updates.slice(4)) raw.socket.send(Uint8Array.from(sync(2, [...update])));
    raw.socket.send(Uint8Array.from([3]));
    await until(() => asks() === 3 && raw.messages.some((message) => message[0] === 1));
    expect(raw.closed()).toBeNull();
    // Its answers lack the very thing, and nobody else is to bring it.
    const answer = Uint8Array.from(sync(1, [...Y.mergeUpdates(updates.slice(4))]));
    for (let count = 0; count < 30; count++) raw.socket.send(answer);
    await until(() => raw.closed() !== null);
    expect(raw.closed()).toBe(CLOSE.tooMany);
    expect(asks()).toBeLessThan(30);
    expect(ada.text.toString()).not.toContain('xxxx');
    ada.text.delete(ada.text.toString().indexOf('xxx'), 3);
    await expectHonestPairUnharmed();
  });

  it('a deletion of what is yet to be written is forgotten', async () => {
    const raw = await openRaw(server, place, { person: '2' });
    const victim = ada.doc.clientID;
    raw.socket.send(Uint8Array.from(sync(2, [0, 1, ...varint(victim), 1, ...varint(100), ...varint(1_000)])));
    raw.socket.send(Uint8Array.from([3]));
    await until(() => raw.messages.some((message) => message[0] === 1));
    await expectHonestPairUnharmed();
    raw.socket.close();
  });

  it('a reader that takes nothing in is let go with 4508', async () => {
    const raw = await openRaw(server, place, { person: '2' });
    raw.socket.pause();
    const big = 'x'.repeat(1024 * 1024);
    for (let index = 0; index < 24 && server.rooms.stats().connections === 3; index++) {
      const doc = new Y.Doc();
      textOf(doc).insert(0, big);
      Y.applyUpdate(ada.doc, Y.encodeStateAsUpdate(doc));
      await until(() => ben.doc.store.clients.size >= index + 2);
    }
    await until(() => server.rooms.stats().connections === 2);
    raw.socket.resume();
    await until(() => raw.closed() !== null);
    expect([CLOSE.tooSlow, 1006]).toContain(raw.closed());
  });
});
