import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import * as Y from 'yjs';
import { loadNote } from '@/db/note-log';
import { noteKeyOf } from '@/lib/access/note-key';
import { applyStored, NOTE_MESSAGE, readSaved, type Saved } from '@/lib/notes/note-sync';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import {
  grantFor,
  makePlace,
  type NoteServer,
  openTab,
  type Place,
  startServer,
  type Tab,
  textOf,
} from './note-server';

/** The database and the note of the test that runs now, made anew for each. */
export let database: TestDatabase;
export let place: Place;
let servers: NoteServer[] = [];
let tabs: Tab[] = [];

/** Registers what makes and ends them, in a database opened like this; call it once in a test file. */
export function setUpNoteDesk(openDatabase: () => Promise<TestDatabase> = testDatabase): void {
  beforeAll(async () => {
    database = await openDatabase();
  });
  afterAll(() => database.end());
  beforeEach(async () => {
    place = await makePlace(database.db);
  });
  afterEach(async () => {
    for (const tab of tabs) tab.close();
    tabs = [];
    await Promise.all(servers.map((server) => server.stop()));
    servers = [];
  });
}

/** A server on the note that ends with the test. */
export async function start(
  ...rest: Parameters<typeof startServer> extends [unknown, unknown, ...infer R] ? R : never
) {
  const server = await startServer(database, place, ...rest);
  endWithTest(server);
  return server;
}

/** A stock client on the note that ends with the test. */
export function open(server: NoteServer, params: Record<string, string> = {}, doc?: Y.Doc): Tab {
  const tab = openTab(server, place, params, doc);
  tabs.push(tab);
  return tab;
}

export const key = () => noteKeyOf(grantFor(place), place.noteId);

/** What somebody finds who knows nothing but the database. */
export async function storedText(): Promise<string> {
  const doc = new Y.Doc();
  applyStored(doc, await loadNote(database.db, key()));
  return textOf(doc).toString();
}

/** Keeps everybody off the log in this way until what it answers is called. */
export async function lockLog(
  mode: 'access exclusive' | 'share row exclusive',
): Promise<() => Promise<void>> {
  const client = await database.db.$client.connect();
  await client.query('begin');
  await client.query(`lock table note_updates in ${mode} mode`);
  return async () => {
    await client.query('commit');
    client.release();
  };
}

/** What a tab opened with `ack=1` was told, newest last. */
export function savedOf(tab: Tab): Saved[] {
  const told: Saved[] = [];
  tab.provider.messageHandlers[NOTE_MESSAGE.saved] = (_encoder, decoder) => {
    told.push(readSaved(decoder));
  };
  return told;
}

/** Ends this server with the test. */
export function endWithTest(server: NoteServer): void {
  servers.push(server);
}
