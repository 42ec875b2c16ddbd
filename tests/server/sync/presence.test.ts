import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { caretColor } from '@/lib/notes/note-sync';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import {
  makePlace,
  type NoteServer,
  openRaw,
  openTab,
  type Place,
  startServer,
  synced,
  type Tab,
  until,
} from './note-server';

let database: TestDatabase;
let place: Place;
let server: NoteServer;
let tabs: Tab[] = [];

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.end());
beforeEach(async () => {
  place = await makePlace(database.db);
  server = await startServer(database, place);
});
afterEach(async () => {
  for (const tab of tabs) tab.close();
  tabs = [];
  await server.stop();
});

function open(person: string, doc?: Y.Doc, at = server): Tab {
  const tab = openTab(at, place, { person }, doc);
  tabs.push(tab);
  return tab;
}
const awareness = (tab: Tab): Awareness => tab.provider.awareness;
const seen = (by: Tab, of: Tab) => awareness(by).getStates().get(of.doc.clientID);

it('shows each to the others under the name and colour of their session, whatever they claim', async () => {
  const [ada, ben] = [open('0'), open('1')];
  await synced(ada, ben);
  const cursor = {
    anchor: { type: null, tname: 'default', item: { client: 1, clock: 2 }, assoc: 0 },
    head: null,
  };
  awareness(ada).setLocalState({
    user: { id: 'x', name: 'The Editor', color: '#000000' },
    cursor,
    extra: 'no',
  });
  await until(() => seen(ben, ada)?.cursor !== undefined && seen(ben, ada)?.cursor !== null);
  const { id, name } = place.people[0] ?? { id: '', name: '' };
  expect(seen(ben, ada)).toEqual({ user: { id, name, color: caretColor(id) }, cursor });
  expect(awareness(ada).getLocalState()?.user.name).toBe('The Editor');
});

it('does not let one speak for another, also not to say that they left', async () => {
  const [ada, ben] = [open('0'), open('1')];
  await synced(ada, ben);
  awareness(ada).setLocalStateField('cursor', { at: 1 });
  await until(() => seen(ben, ada)?.cursor?.at === 1);
  const mallory = await openRaw(server, place, { person: '2' });
  const forge = (clientId: number, clock: number, state: unknown) => {
    const varint = (value: number): number[] =>
      value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
    const bytes = [...new TextEncoder().encode(JSON.stringify(state))];
    const body = [1, ...varint(clientId), ...varint(clock), ...varint(bytes.length), ...bytes];
    mallory.socket.send(Uint8Array.from([1, ...varint(body.length), ...body]));
  };
  forge(ada.doc.clientID, 2_000_000_000, { cursor: { at: 666 } });
  forge(ada.doc.clientID, 2_000_000_001, null);
  // Her own id comes through after them, so they were dealt with.
  forge(77, 1, { cursor: { at: 2 } });
  await until(() => awareness(ben).getStates().get(77)?.cursor.at === 2);
  expect(seen(ben, ada)?.cursor).toEqual({ at: 1 });
  expect(awareness(ben).getStates().get(77)?.user.name).toBe('Cleo');
  forge(78, 1, { cursor: { at: 3 } });
  forge(77, 2, { cursor: { at: 4 } });
  await until(() => awareness(ben).getStates().get(77)?.cursor.at === 4);
  expect(awareness(ben).getStates().has(78)).toBe(false);
  mallory.socket.close();
  await until(() => !awareness(ben).getStates().has(77));
});

it('shows who leaves as gone at once, and who comes back at once too', async () => {
  const ben = open('1');
  const doc = new Y.Doc();
  const first = open('0', doc);
  await synced(first, ben);
  awareness(first).setLocalStateField('cursor', { at: 1 });
  await until(() => seen(ben, first)?.cursor?.at === 1);
  first.provider.ws?.close();
  await until(() => seen(ben, first) === undefined);
  await until(() => seen(ben, first) !== undefined);
});

it('lets a clock that nothing could follow neither hide a person nor end their socket', async () => {
  const [ada, ben] = [open('0'), open('1')];
  await synced(ada, ben);
  awareness(ada).meta.set(ada.doc.clientID, { clock: Number.MAX_SAFE_INTEGER - 2, lastUpdated: Date.now() });
  awareness(ada).setLocalStateField('cursor', { at: 1 });
  await until(() => seen(ben, ada)?.cursor?.at === 1);
  awareness(ada).meta.set(ada.doc.clientID, { clock: 7, lastUpdated: Date.now() });
  awareness(ada).setLocalStateField('cursor', { at: 2 });
  await until(() => seen(ben, ada)?.cursor?.at === 2);
  expect(ada.provider.wsconnected).toBe(true);
});

it('keeps the socket of a person who comes back before the others heard that they left', async () => {
  const ben = open('1');
  const ada = open('0');
  await synced(ada, ben);
  const final: number[] = [];
  ada.provider.on('closed', ({ code }) => final.push(code));
  for (let round = 0; round < 5; round++) {
    awareness(ada).setLocalStateField('cursor', { at: round });
    await until(() => seen(ben, ada)?.cursor?.at === round);
    ada.provider.disconnect();
    ada.provider.connect();
    await synced(ada);
  }
  await until(() => seen(ben, ada)?.cursor?.at === 4);
  expect(final).toEqual([]);
});

it('tells a newcomer who is there', async () => {
  const ada = open('0');
  await synced(ada);
  const ben = open('1');
  await until(() => seen(ben, ada) !== undefined && seen(ada, ben) !== undefined);
});

it('shows people again when the server has started anew', async () => {
  const [ada, ben] = [open('0'), open('1')];
  await synced(ada, ben);
  for (let index = 0; index < 20; index++) awareness(ada).setLocalStateField('cursor', { at: index });
  await until(() => seen(ben, ada)?.cursor?.at === 19);
  const other = await startServer(database, place);
  for (const tab of [ada, ben]) tab.provider.serverUrl = `${other.url}/sync/${place.projectId}`;
  await server.stop();
  server = other;
  // Whoever was never at the old server can know them from the new one only.
  const cleo = open('2');
  await until(() => seen(cleo, ada)?.cursor?.at === 19 && seen(cleo, ben) !== undefined);
  await until(() => seen(ben, ada)?.cursor?.at === 19);
});

describe('with two processes', () => {
  let second: NoteServer;
  beforeEach(async () => {
    second = await startServer(database, place);
  });
  afterEach(async () => {
    for (const tab of tabs.splice(0)) tab.close();
    await second.stop();
  });

  it('shows carets of one at the other, moving and going', async () => {
    const [ada, ben] = [open('0'), open('1', undefined, second)];
    await synced(ada, ben);
    awareness(ada).setLocalStateField('cursor', { at: 1 });
    await until(() => seen(ben, ada)?.cursor?.at === 1 && seen(ada, ben) !== undefined);
    expect(seen(ben, ada)?.user.name).toBe('Ada');
    awareness(ada).setLocalStateField('cursor', { at: 2 });
    await until(() => seen(ben, ada)?.cursor?.at === 2);
    ada.close();
    await until(() => seen(ben, ada) === undefined);
  });

  it('shows who is at the other to the first who opens the note here', async () => {
    const ada = open('0');
    await synced(ada);
    awareness(ada).setLocalStateField('cursor', { at: 1 });
    const cleo = open('2');
    await until(() => seen(cleo, ada)?.cursor?.at === 1);
    const ben = open('1', undefined, second);
    await until(() => seen(ben, ada)?.cursor?.at === 1 && seen(ben, cleo) !== undefined);
  });

  it('keeps showing a person who moves from one to the other', async () => {
    const [ada, ben, cleo] = [open('0'), open('1'), open('2', undefined, second)];
    await synced(ada, ben, cleo);
    for (let at = 1; at <= 4; at++) {
      ada.provider.disconnect();
      ada.provider.serverUrl = `${(at % 2 === 1 ? second : server).url}/sync/${place.projectId}`;
      ada.provider.connect();
      await synced(ada);
      awareness(ada).setLocalStateField('cursor', { at });
      await until(() => seen(ben, ada)?.cursor?.at === at && seen(cleo, ada)?.cursor?.at === at);
    }
  });

  it('takes away who was at one that ends, and shows them where they go', async () => {
    const [ada, ben] = [open('0', undefined, second), open('1')];
    await synced(ada, ben);
    awareness(ada).setLocalStateField('cursor', { at: 1 });
    await until(() => seen(ben, ada)?.cursor?.at === 1);
    ada.provider.disconnect();
    await second.stop();
    await until(() => seen(ben, ada) === undefined);
    ada.provider.serverUrl = `${server.url}/sync/${place.projectId}`;
    ada.provider.connect();
    await until(() => seen(ben, ada)?.cursor?.at === 1);
  });
});
