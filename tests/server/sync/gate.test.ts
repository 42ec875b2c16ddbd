import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { loadNote } from '@/db/note-log';
import { noteKeyOf } from '@/lib/access/note-key';
import { CLOSE } from '@/lib/live/close-codes';
import { applyStored, SYNC_STEP } from '@/lib/notes/note-sync';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { syncMessage } from '@/tests/support/note-messages';
import { aimAt, GATE_CASES } from './gate-cases';
import {
  grantFor,
  makePlace,
  type NoteServer,
  openRaw,
  openTab,
  type Place,
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
/** Every letter that the two have written, sorted. */
let written = '';
let own = 50_000;
const closed: (number | undefined)[] = [];
/** How long the server took to answer over HTTP while it was attacked, ms. */
const answers: number[] = [];

// One room for all of it: what one message left behind must not help the next.
beforeAll(async () => {
  database = await testDatabase();
  place = await makePlace(database.db);
  server = await startServer(database, place, { unload: 60_000 });
  [ada, ben] = [openTab(server, place), openTab(server, place, { person: '1' })];
  await synced(ada, ben);
  for (const tab of [ada, ben]) tab.provider.on('connection-close', (event) => closed.push(event?.code));
  type(ada, 'AB');
  await until(() => ben.text.toString() === 'AB');
});
afterAll(async () => {
  process.stdout.write(`slowest answer over HTTP under attack: ${Math.max(...answers).toFixed(0)} ms\n`);
  ada.close();
  ben.close();
  await server.stop();
  await database.end();
});
afterEach(() => {
  own += 10;
});

function type(tab: Tab, words: string): void {
  tab.text.insert(tab.text.length, words);
  written += words;
}

const sorted = (words: string) => [...words].sort().join('');

/** The two write on, see each other, and a cold reader finds all of it. */
async function expectUnharmed(): Promise<void> {
  type(ada, 'a');
  type(ben, 'b');
  await until(
    () => ada.text.toString() === ben.text.toString() && sorted(ada.text.toString()) === sorted(written),
    2_000,
  );
  expect(closed).toEqual([]);
  await until(async () => (await cold()).text === ada.text.toString());
  const { xml } = await cold();
  expect(xml).toBe(ada.doc.getXmlFragment('default').toString());
}

async function cold(): Promise<{ text: string; xml: string }> {
  const doc = new Y.Doc();
  applyStored(doc, await loadNote(database.db, noteKeyOf(grantFor(place), place.noteId)));
  return { text: textOf(doc).toString(), xml: doc.getXmlFragment('default').toString() };
}

async function answerOverHttp(): Promise<void> {
  const began = performance.now();
  const response = await fetch(server.url.replace('ws:', 'http:'));
  expect(await response.text()).toBe('well');
  answers.push(performance.now() - began);
}

describe('an update that no honest client sends', () => {
  it.each(GATE_CASES)('%s is %s', async (_name, outcome, make) => {
    const raw = await openRaw(server, place, { person: '2' });
    for (const update of make(aimAt(ada.doc, ada.doc, own))) {
      raw.socket.send(syncMessage(SYNC_STEP.update, update));
    }
    await answerOverHttp();
    if (outcome === 'refused') {
      await until(() => raw.closed() !== null);
      expect(raw.closed()).toBe(CLOSE.malformed);
    } else {
      raw.socket.send(Uint8Array.from([3]));
      await until(() => raw.messages.some((message) => message[0] === 1));
      expect(raw.closed()).toBeNull();
    }
    await expectUnharmed();
    raw.socket.close();
  });

  it('leaves a note that opens again on a new server, with all that was written', async () => {
    const again = await startServer(database, place);
    const cleo = openTab(again, place, { person: '2' });
    await synced(cleo);
    expect(cleo.text.toString()).toBe(ada.text.toString());
    expect(sorted(cleo.text.toString())).toBe(sorted(written));
    cleo.close();
    await again.stop();
    expect(server.complaints).toEqual([]);
  });
});
