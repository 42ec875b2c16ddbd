import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { appendUpdates, compactNote, loadNote } from '@/db/note-log';
import { noteClients } from '@/db/schema/notes';
import { SYNC_STEP } from '@/lib/notes/note-sync';
import { awarenessMessage, syncMessage } from '@/tests/support/note-messages';
import { database, key, open, place, setUpNoteDesk, start, storedText } from './note-desk';
import { openRaw, openTab, synced, type Tab, textOf, until } from './note-server';

setUpNoteDesk();

const person = (index: number) => place.people[index]?.id ?? '';

/** The update that writes words at the start of the line under this client id, in a document that has only the line. */
function writing(clientId: number, words: string): Uint8Array {
  const doc = new Y.Doc();
  const text = textOf(doc);
  doc.clientID = clientId;
  const before = Y.encodeStateVector(doc);
  text.insert(0, words);
  return Y.encodeStateAsUpdate(doc, before);
}

const owners = async () =>
  new Map((await loadNote(database.db, key())).clients?.map((one) => [one.clientId, one]));

describe('a client id', () => {
  it('is written down with the change that first uses it, and stays when the log is merged', async () => {
    const server = await start();
    const ada = open(server);
    await synced(ada);
    ada.text.insert(0, 'mine');
    await until(async () => (await storedText()) === 'mine');
    const record = { clientId: ada.doc.clientID, userId: person(0), announced: true };
    expect((await owners()).get(ada.doc.clientID)).toEqual(record);
    await compactNote(database.db, key());
    expect((await owners()).get(ada.doc.clientID)).toEqual(record);
  });

  it('that somebody shows they have is not taken by another who is quicker to write', async () => {
    const server = await start();
    const ada = open(server);
    await synced(ada);
    await until(() => server.rooms.stats().connections === 1 && ada.provider.awareness.getStates().size > 0);
    const mallory = await openRaw(server, place, { person: '2' });
    // Everyone who is there is told of her id, before she has written a word.
    await until(() => mallory.messages.some((message) => message[0] === 1));
    mallory.socket.send(syncMessage(SYNC_STEP.update, writing(ada.doc.clientID, 'stolen')));
    mallory.socket.send(Uint8Array.from([3]));
    await until(() => mallory.messages.filter((message) => message[0] === 1).length >= 2);
    ada.text.insert(0, 'hers');
    await until(async () => (await storedText()) === 'hers');
    expect(mallory.closed()).toBeNull();
    mallory.socket.close();
  });

  it('of a note is not shown as anybody else, either', async () => {
    const server = await start();
    const ada = open(server);
    await synced(ada);
    ada.text.insert(0, 'x');
    await until(async () => (await storedText()) === 'x');
    const id = ada.doc.clientID;
    ada.close();
    const again = await start();
    const mallory = await openRaw(again, place, { person: '2' });
    const ben = open(again, { person: '1' });
    await synced(ben);
    mallory.socket.send(awarenessMessage(id, { cursor: 1 }));
    mallory.socket.send(awarenessMessage(4_321, { cursor: 1 }));
    await until(() => ben.provider.awareness.getStates().has(4_321));
    expect(ben.provider.awareness.getStates().has(id)).toBe(false);
    mallory.socket.close();
  });

  it('serves its user again after a reload, with what was typed without a connection', async () => {
    const server = await start();
    const first = open(server);
    await synced(first);
    first.text.insert(0, 'one ');
    await until(async () => (await storedText()) === 'one ');
    first.provider.disconnect();
    first.text.insert(4, 'two ');
    // The page is opened anew on what the browser kept: a new id, with words under the old one.
    const kept = new Y.Doc();
    Y.applyUpdate(kept, Y.encodeStateAsUpdate(first.doc));
    first.close();
    const again = open(server, {}, kept);
    await synced(again);
    again.text.insert(8, 'three');
    await until(async () => (await storedText()) === 'one two three');
    expect(again.provider.wsconnected).toBe(true);
  });

  it('goes back to whoever writes under it, when others only brought what the server had lost', async () => {
    const server = await start();
    const [ada, ben] = [open(server), open(server, { person: '1' })];
    await synced(ada, ben);
    const adas = new Y.Doc();
    const text = textOf(adas);
    text.insert(0, 'lost ');
    // Ben has it, and is the first to say so to a server that never heard of it.
    Y.applyUpdate(ben.doc, Y.encodeStateAsUpdate(adas));
    await until(async () => (await storedText()) === 'lost ');
    expect((await owners()).get(adas.clientID)).toMatchObject({ userId: person(1), announced: false });
    const back: Tab = open(server, {}, adas);
    await synced(back);
    await until(() => ben.provider.awareness.getStates().has(adas.clientID));
    text.insert(5, 'and found');
    await until(async () => (await storedText()) === 'lost and found');
    expect((await owners()).get(adas.clientID)).toMatchObject({ userId: person(0), announced: true });
  });

  it('taken for two people by two processes at once stays with the first, and the other writes nothing', async () => {
    const claims = [{ clientId: 99, announced: false }];
    const row = (index: number, words: string) => [
      { key: key(), entries: [{ update: writing(99, words), userId: person(index), claims }] },
    ];
    const client = await database.db.$client.connect();
    let refused: Promise<void>;
    try {
      await client.query('begin');
      await client.query(
        'insert into note_clients (project_id, note_id, client_id, user_id, announced, seq) values ($1, $2, 99, $3, false, 0)',
        [place.projectId, place.noteId, person(0)],
      );
      // Heard from the start: it may be refused while the connection is still being given back.
      refused = expect(appendUpdates(database.db, row(1, 'second'), 'b')).rejects.toMatchObject({
        cause: { code: '23505' },
      });
      // It waits for the one before it.
      await until(async () => {
        const waiting = await database.db.$client.query('select 1 from pg_locks where not granted');
        return waiting.rows.length > 0;
      });
      await client.query('commit');
    } finally {
      client.release();
    }
    await refused;
    expect(await storedText()).toBe('');
    await appendUpdates(database.db, row(0, 'first'), 'a');
    expect(await storedText()).toBe('first');
    const rows = await database.db.select().from(noteClients).where(eq(noteClients.noteId, place.noteId));
    expect(rows.map(({ userId }) => userId)).toEqual([person(0)]);
  });

  it('known to one process is known to the other, and no one is locked out there', async () => {
    const [one, other] = [await start(), await start()];
    const ada = open(one);
    const ben = open(other, { person: '1' });
    await synced(ada, ben);
    ada.text.insert(0, 'here ');
    await until(() => ben.text.toString() === 'here ');
    const mallory = await openRaw(other, place, { person: '2' });
    const forged = new Y.Doc();
    Y.applyUpdate(forged, Y.encodeStateAsUpdate(ada.doc));
    forged.clientID = ada.doc.clientID;
    textOf(forged).insert(0, 'forged ');
    mallory.socket.send(syncMessage(SYNC_STEP.answer, Y.encodeStateAsUpdate(forged)));
    mallory.socket.send(Uint8Array.from([3]));
    await until(() => mallory.messages.some((message) => message[0] === 1));
    ada.provider.disconnect();
    const moved = openTab(other, place, {}, ada.doc);
    await synced(moved);
    moved.text.insert(5, 'and there');
    await until(async () => (await storedText()) === 'here and there');
    expect(ben.text.toString()).toBe('here and there');
    moved.close();
    mallory.socket.close();
  });

  it('costs a socket nothing when it brings 300 of its own from an offline time', async () => {
    const server = await start();
    const all = new Y.Doc();
    textOf(all);
    for (let index = 0; index < 300; index++) {
      all.clientID = 1_000_000 + index;
      textOf(all).insert(index, 'x');
    }
    all.clientID = 5_000_000;
    const ada = open(server, {}, all);
    await synced(ada);
    await until(async () => (await storedText()) === 'x'.repeat(300));
    expect(ada.provider.wsconnected).toBe(true);
  });
});
