import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { appendUpdates, compactNote, loadNote } from '@/db/note-log';
import { noteSnapshots } from '@/db/schema/notes';
import { CLOSE } from '@/lib/live/close-codes';
import { newId } from '@/lib/new-id';
import { applyStored, NOTE_MESSAGE } from '@/lib/notes/note-sync';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';
import {
  database,
  endWithTest,
  key,
  lockLog,
  open,
  place,
  setUpNoteDesk,
  start,
  storedText,
} from './note-desk';
import { FIRST_LINE, makePlace, openRaw, startServer, synced, textOf, until } from './note-server';

setUpNoteDesk();

describe('writing together', () => {
  it('brings what two stock clients type to both, and all of it to a third who comes late', async () => {
    const server = await start();
    const [ada, ben] = [open(server), open(server, { person: '1' })];
    await synced(ada, ben);
    ada.text.insert(0, 'Hello ');
    await until(() => ben.text.toString() === 'Hello ');
    ben.text.insert(6, 'world');
    await until(() => ada.text.toString() === 'Hello world');
    const cleo = open(server, { person: '2' });
    await synced(cleo);
    expect(cleo.text.toString()).toBe('Hello world');
  });

  it('never says a client is in sync before the log is loaded', async () => {
    const first = await start();
    const ada = open(first);
    await synced(ada);
    ada.text.insert(0, 'kept');
    await until(async () => (await storedText()) === 'kept');
    const second = await start();
    const release = await lockLog('access exclusive');
    const late = open(second);
    let early: string | null = null;
    late.provider.once('sync', () => {
      early = late.text.toString();
    });
    await until(() => late.provider.wsconnected);
    await until(async () => {
      const waiting = await database.db.$client.query(
        "select 1 from pg_locks where not granted and relation = 'note_updates'::regclass",
      );
      return waiting.rows.length > 0;
    });
    expect(late.provider.synced).toBe(false);
    await release();
    await synced(late);
    expect(early).toBe('kept');
  });

  it('leaves a note as it is: opening writes nothing', async () => {
    const server = await start();
    const ada = open(server);
    await synced(ada);
    expect(ada.doc.getXmlFragment(NOTE_FRAGMENT).length).toBe(1);
    ada.close();
    await until(() => server.rooms.stats().rooms === 0);
    const doc = new Y.Doc();
    applyStored(doc, await loadNote(database.db, key()));
    expect([...Y.encodeStateAsUpdate(doc)]).toEqual([...FIRST_LINE]);
    expect(server.rests).toEqual([]);
  });

  it("passes over a reader's changes while the reading goes on", async () => {
    const server = await start();
    const [ada, reader] = [open(server), open(server, { person: '1', readOnly: '1' })];
    await synced(ada, reader);
    reader.text.insert(0, 'forbidden');
    ada.text.insert(0, 'allowed');
    await until(() => reader.text.toString().includes('allowed'));
    await until(async () => (await storedText()) === 'allowed');
    expect(ada.text.toString()).toBe('allowed');
    expect(reader.provider.wsconnected).toBe(true);
  });

  it('does not send a change back to the one who made it', async () => {
    const server = await start();
    const raw = await openRaw(server, place);
    const doc = new Y.Doc();
    textOf(doc).insert(0, 'x');
    const update = Y.encodeStateAsUpdate(doc);
    const ben = open(server, { person: '1' });
    await synced(ben);
    raw.socket.send(Uint8Array.from([0, 2, update.length, ...update]));
    await until(() => ben.text.toString() === 'x');
    raw.socket.send(Uint8Array.from([3]));
    await until(() => raw.messages.some((message) => message[0] === NOTE_MESSAGE.awareness));
    expect(raw.messages.filter((message) => message[0] === 0 && message[1] === 2)).toEqual([]);
    raw.socket.close();
  });

  it('says something to a silent client before its watchdog gives up', async () => {
    const server = await start({ sweep: 20, silence: 100 });
    const raw = await openRaw(server, place);
    await until(() => raw.messages.filter((message) => message.join() === '1,1,0').length >= 2);
    raw.socket.close();
  });

  it('turns away a note of another project than the open one', async () => {
    const server = await start();
    const ada = open(server);
    await synced(ada);
    const elsewhere = await makePlace(database.db, { empty: true });
    const stranger = await startServer(database, { ...elsewhere, noteId: place.noteId });
    endWithTest(stranger);
    const raw = await openRaw(stranger, { ...elsewhere, noteId: place.noteId });
    ada.text.insert(0, 'secret');
    await until(async () => (await storedText()) === 'secret');
    raw.socket.send(Uint8Array.from([0, 0, 1, 0]));
    await until(() => raw.messages.some((message) => message[0] === 0 && message[1] === 1));
    // An empty note: neither state vector nor answer holds anything.
    expect(raw.messages.filter((message) => message[0] === 0).map((message) => message.join())).toEqual([
      '0,0,1,0',
      '0,1,2,0,0',
    ]);
    raw.socket.close();
  });
});

describe('a note at rest', () => {
  it('tells its text, its chips and who wrote, once the writers pause', async () => {
    const server = await start();
    const ada = open(server, { person: '1' });
    await synced(ada);
    const annotationId = newId();
    ada.doc.transact(() => {
      const heading = new Y.XmlElement('heading');
      heading.insert(0, [new Y.XmlText('What they said')]);
      const paragraph = new Y.XmlElement('paragraph');
      const chip = new Y.XmlElement('quoteChip');
      chip.setAttribute('annotationId', annotationId);
      paragraph.insert(0, [new Y.XmlText('As in'), chip]);
      ada.doc.getXmlFragment(NOTE_FRAGMENT).insert(0, [heading, paragraph]);
    });
    await until(() => server.rests.length > 0);
    expect(server.rests).toMatchObject([
      { text: 'What they said\nAs in', annotationIds: [annotationId], userIds: [place.people[1]?.id] },
    ]);
  });

  it('shortens a long log, also while others go on writing', async () => {
    const server = await start({ batch: 0 });
    const [ada, ben] = [open(server), open(server, { person: '1' })];
    await synced(ada, ben);
    for (let index = 0; index < 250; index++) {
      const writer = index % 2 === 0 ? ada : ben;
      writer.text.insert(writer.text.length, `${index} `);
      await new Promise((resolve) => setImmediate(resolve));
      if (index % 50 === 0) await compactNote(database.db, key());
    }
    await until(() => ada.text.length > 0 && ada.text.toString() === ben.text.toString());
    const expected = ada.text.toString();
    await until(async () => (await storedText()) === expected);
    expect(await database.db.$count(noteSnapshots)).toBeGreaterThan(0);
    for (let index = 0; index < 250; index++) expect(expected).toContain(`${index} `);
  });
});

describe('a server that closes', () => {
  it('leaves notes in one piece, marked as looked over, so that whoever opens them next need not wait', async () => {
    const server = await start();
    const ada = open(server);
    await synced(ada);
    ada.text.insert(0, 'kept');
    await until(async () => (await storedText()) === 'kept');
    expect((await loadNote(database.db, key())).rows).toBeGreaterThan(0);
    await server.stop();
    expect(await loadNote(database.db, key())).toMatchObject({ rows: 0, isMarked: true });
    expect(await storedText()).toBe('kept');
  });
});

describe('several processes', () => {
  it('brings what is written at one to the other', async () => {
    const [one, two] = [await start(), await start()];
    const [ada, ben] = [open(one), open(two, { person: '1' })];
    await synced(ada, ben);
    ada.text.insert(0, 'from one; ');
    await until(() => ben.text.toString() === 'from one; ');
    ben.text.insert(10, 'from two');
    await until(() => ada.text.toString() === 'from one; from two');
    ada.text.delete(0, 10);
    await until(() => ben.text.toString() === 'from two');
    expect(await storedText()).toBe('from two');
  });

  it('finds what was merged into a snapshot before it came for it', async () => {
    const ada = open(await start());
    await synced(ada);
    const doc = new Y.Doc();
    textOf(doc).insert(0, 'already merged');
    // By the time the rows are told of, they are gone.
    await database.db.transaction(async (tx) => {
      const entry = { update: Y.encodeStateAsUpdate(doc), userId: place.people[1]?.id ?? null };
      await appendUpdates(tx, [{ key: key(), entries: [entry] }], 'another-process');
      expect(await compactNote(tx, key())).toMatchObject({ rows: 2 });
    });
    await until(() => ada.text.toString() === 'already merged');
  });

  it('reads the whole note anew when it may have missed what others committed', async () => {
    const missed = await startServer(database, place, {}, undefined, { deaf: true });
    endWithTest(missed);
    const [ada, ben] = [open(missed), open(await start(), { person: '1' })];
    await synced(ada, ben);
    ben.text.insert(0, 'unheard');
    await until(async () => (await storedText()) === 'unheard');
    expect(ada.text.toString()).toBe('');
    missed.reconnected();
    await until(() => ada.text.toString() === 'unheard');
  });
});

describe('access', () => {
  it('closes the sockets it is told to and no others', async () => {
    const server = await start();
    const [ada, ben] = [await openRaw(server, place), await openRaw(server, place, { person: '1' })];
    await until(() => server.rooms.stats().connections === 2);
    const benId = place.people[1]?.id;
    expect(server.rooms.kick(({ grant }) => grant.actor.userId === benId, CLOSE.noAccess)).toBe(1);
    await until(() => ben.closed() === CLOSE.noAccess);
    expect(ada.closed()).toBeNull();
    expect(server.rooms.stats().connections).toBe(1);
    ada.socket.close();
  });
});
