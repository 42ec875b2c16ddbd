import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '@/lib/live/close-codes';
import { isSaved, NOTE_MESSAGE } from '@/lib/notes/note-sync';
import { database, lockLog, open, place, savedOf, setUpNoteDesk, start, storedText } from './note-desk';
import { openRaw, openTab, synced, textOf, until } from './note-server';

setUpNoteDesk();

describe('what is saved', () => {
  it('keeps everything over a restart', async () => {
    const first = await start();
    const ada = open(first);
    await synced(ada);
    ada.text.insert(0, 'before the restart');
    await until(async () => (await storedText()) !== '');
    ada.text.insert(0, 'at the very end, ');
    // The server has it when somebody else has it.
    const ben = open(first, { person: '1' });
    await until(() => ben.text.toString() === 'at the very end, before the restart');
    let code = 0;
    ada.provider.on('connection-close', (event) => {
      code = event?.code ?? 0;
    });
    await first.stop();
    await until(() => code === CLOSE.shuttingDown);
    const second = await start();
    const cleo = open(second, { person: '2' });
    await synced(cleo);
    expect(cleo.text.toString()).toBe('at the very end, before the restart');
  });

  it('tells a writer that a change is saved when Postgres has committed it, and not before', async () => {
    const server = await start();
    const [ada, ben] = [open(server, { ack: '1' }), open(server, { person: '1' })];
    const told = savedOf(ada);
    await synced(ada, ben);
    await until(() => told.length > 0);
    const release = await lockLog('share row exclusive');
    ada.text.insert(0, 'typed');
    // It reaches the others at once …
    await until(() => ben.text.toString() === 'typed');
    // … and the database is asked for it …
    await until(async () => {
      const waiting = await database.db.$client.query(
        "select 1 from pg_locks where not granted and mode = 'RowExclusiveLock'",
      );
      return waiting.rows.length > 0;
    });
    const before = told.at(-1);
    expect(before && isSaved(ada.doc, before.stateVector)).toBe(false);
    await release();
    await until(() => {
      const last = told.at(-1);
      return last !== undefined && isSaved(ada.doc, last.stateVector);
    });
    expect(await storedText()).toBe('typed');
  });

  it('counts saved messages, so that a deletion is told apart from none', async () => {
    const server = await start();
    const ada = open(server, { ack: '1' });
    const told = savedOf(ada);
    await synced(ada);
    ada.text.insert(0, 'some words');
    // One answer to the server's question, one insertion.
    await until(() => told.at(-1)?.messages === 2);
    ada.text.delete(0, 5);
    await until(() => told.at(-1)?.messages === 3);
    expect(await storedText()).toBe('words');
  });

  it('tells a reader who asked what is saved right after it is in sync', async () => {
    const server = await start();
    const reader = open(server, { ack: '1', readOnly: '1' });
    const told = savedOf(reader);
    await until(() => told.length > 0);
    expect(told[0]?.messages).toBe(0);
  });

  it('says nothing of it to clients that did not ask', async () => {
    const server = await start();
    const raw = await openRaw(server, place);
    raw.socket.send(Uint8Array.from([0, 0, 1, 0]));
    const doc = new Y.Doc();
    textOf(doc).insert(0, 'x');
    const update = Y.encodeStateAsUpdate(doc);
    raw.socket.send(Uint8Array.from([0, 2, update.length, ...update]));
    await until(async () => (await storedText()) === 'x');
    raw.socket.send(Uint8Array.from([3]));
    await until(() => raw.messages.some((message) => message[0] === NOTE_MESSAGE.awareness));
    expect(raw.messages.some((message) => message[0] === NOTE_MESSAGE.saved)).toBe(false);
    raw.socket.close();
  });

  it('loses nothing when a note is left, let go, and opened again 50 ms later, however slow the database', async () => {
    const server = await start({ unload: 0, rest: 10 }, async () => {
      await database.db.$client.query('select pg_sleep(0.2)');
    });
    let expected = '';
    for (let round = 0; round < 5; round++) {
      const tab = openTab(server, place);
      await synced(tab);
      expect(tab.text.toString()).toBe(expected);
      tab.text.insert(tab.text.length, `edit ${round}. `);
      expected = tab.text.toString();
      const watcher = openTab(server, place, { person: '1' });
      await until(() => watcher.text.toString() === expected);
      tab.close();
      watcher.close();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await until(() => server.rooms.stats().rooms === 0);
    expect(await storedText()).toBe(expected);
  });

  it('goes on through a database that is away, and saves when it is back', async () => {
    const server = await start();
    const [ada, ben] = [open(server, { ack: '1' }), open(server, { person: '1' })];
    const told = savedOf(ada);
    await synced(ada, ben);
    await database.db.$client.query('alter table note_updates rename to note_updates_away');
    ada.text.insert(0, 'meanwhile');
    await until(() => ben.text.toString() === 'meanwhile');
    await until(() => server.complaints.includes('notes could not be saved yet'));
    expect(told.some((saved) => isSaved(ada.doc, saved.stateVector))).toBe(false);
    await database.db.$client.query('alter table note_updates_away rename to note_updates');
    await until(() => told.some((saved) => isSaved(ada.doc, saved.stateVector)));
    expect(await storedText()).toBe('meanwhile');
  });
});
