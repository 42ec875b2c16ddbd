import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { loadNote } from '@/db/note-log';
import { CLOSE } from '@/lib/live/close-codes';
import { NOTE_MESSAGE, SYNC_STEP } from '@/lib/notes/note-sync';
import {
  database,
  endWithTest,
  key,
  open,
  place,
  savedOf,
  setUpNoteDesk,
  start,
  storedText,
} from './note-desk';
import { type NoteServer, startServer, synced, type Tab, until } from './note-server';

setUpNoteDesk();

/** A server that passes everything on and never gets to commit it. */
const startLosing = () => startServer(database, place, { batch: 3_600_000 });

/** Where a tab goes the next time it connects. */
function turn(server: NoteServer, ...tabs: Tab[]): void {
  for (const { provider } of tabs) provider.serverUrl = `${server.url}/sync/${place.projectId}`;
}

/** Takes tabs off the line and the server with it, as by kill -9: nothing is flushed. */
async function kill(server: NoteServer, ...tabs: Tab[]): Promise<void> {
  for (const { provider } of tabs) provider.disconnect();
  await server.breakOff();
}

async function comeBack(...tabs: Tab[]): Promise<void> {
  for (const { provider } of tabs) provider.connect();
  await synced(...tabs);
}

/** Looks at everything that a tab is told, and at the codes its sockets were closed with. */
function watch(tab: Tab) {
  const seen = { asked: 0, closed: [] as (number | undefined)[] };
  const handle = tab.provider.messageHandlers[NOTE_MESSAGE.sync];
  tab.provider.messageHandlers[NOTE_MESSAGE.sync] = (encoder, decoder, ...rest) => {
    if (decoder.arr[decoder.pos] === SYNC_STEP.stateVector) seen.asked++;
    handle?.(encoder, decoder, ...rest);
  };
  tab.provider.on('connection-close', (event) => {
    if (event !== null) seen.closed.push(event.code);
  });
  return seen;
}

const ownerOf = async (clientId: number) =>
  (await loadNote(database.db, key())).clients?.find((one) => one.clientId === clientId);

/** All that a tab has under this id is called saved. */
function saysSaved(told: ReturnType<typeof savedOf>, { doc }: Tab, clientId = doc.clientID): boolean {
  return (told.at(-1)?.stateVector.get(clientId) ?? 0) >= Y.getState(doc.store, clientId);
}

const person = (index: number) => place.people[index]?.id;

describe('what a killed server had passed on and not written down', () => {
  it.each([
    ['by another first', [1, 0]],
    ['by its writer first', [0, 1]],
  ])('comes back (%s), is called saved, and is its writer’s', async (_, order) => {
    const losing = await startLosing();
    const tabs = [open(losing, { ack: '1' }), open(losing, { person: '1' })];
    const [writer, other] = tabs as [Tab, Tab];
    const told = savedOf(writer);
    await synced(writer, other);
    writer.text.insert(0, 'first words');
    await until(() => other.text.toString() === 'first words');
    await kill(losing, writer, other);
    writer.text.insert(11, ', and more');
    const server = await start();
    turn(server, ...tabs);
    for (const at of order) {
      const tab = tabs[at] as Tab;
      await comeBack(tab);
      await until(async () => (await storedText()).includes('first words'));
    }
    await until(() => saysSaved(told, writer));
    await until(() => other.text.toString() === 'first words, and more');
    expect(await storedText()).toBe('first words, and more');
    expect(await ownerOf(writer.doc.clientID)).toMatchObject({ userId: person(0), announced: true });
  });

  it('is its writer’s also when another has brought all of it', async () => {
    const losing = await startLosing();
    const [writer, other] = [open(losing, { ack: '1' }), open(losing, { person: '1' })];
    const told = savedOf(writer);
    await synced(writer, other);
    writer.text.insert(0, 'all of it');
    await until(() => other.text.toString() === 'all of it');
    await kill(losing, writer, other);
    const server = await start();
    turn(server, writer, other);
    await comeBack(other);
    await until(async () => (await storedText()) === 'all of it');
    await comeBack(writer);
    await until(() => saysSaved(told, writer));
    await until(async () => (await ownerOf(writer.doc.clientID))?.userId === person(0));
    expect(await ownerOf(writer.doc.clientID)).toMatchObject({ announced: true });
  });

  it('is called saved to a writer who has reloaded meanwhile and comes after those who saw a part', async () => {
    const losing = await startLosing();
    const [writer, other] = [open(losing), open(losing, { person: '1' })];
    await synced(writer, other);
    writer.text.insert(0, 'seen');
    await until(() => other.text.toString() === 'seen');
    await kill(losing, writer, other);
    writer.text.insert(4, ' and unseen');
    const kept = new Y.Doc();
    Y.applyUpdate(kept, Y.encodeStateAsUpdate(writer.doc));
    const old = writer.doc.clientID;
    const server = await start();
    turn(server, other);
    await comeBack(other);
    await until(async () => (await storedText()) === 'seen');
    const again = open(server, { ack: '1' }, kept);
    const told = savedOf(again);
    await synced(again);
    await until(() => saysSaved(told, again, old));
    await until(() => other.text.toString() === 'seen and unseen');
    expect(await ownerOf(old)).toMatchObject({ userId: person(0) });
  });

  it('leaves nobody out of pocket whose words stand on it, and asks them once when it is back', async () => {
    const first = await start();
    const [writer, other] = [open(first, { ack: '1' }), open(first, { ack: '1', person: '1' })];
    await synced(writer, other);
    // Their ids are known, so nobody else may bring what is under them.
    writer.text.insert(0, 'a');
    other.text.insert(0, 'b');
    await until(async () => (await storedText()).length === 2);
    await kill(first, writer, other);
    const losing = await startLosing();
    turn(losing, writer, other);
    await comeBack(writer, other);
    for (let round = 0; round < 10; round++) {
      for (const [tab, letter] of [[writer, 'w'] as const, [other, 'o'] as const]) {
        tab.text.insert(tab.text.length, letter);
        await until(() => writer.text.toString() === other.text.toString());
      }
    }
    const all = writer.text.toString();
    await kill(losing, writer, other);
    const server = await start();
    turn(server, writer, other);
    const told = [savedOf(writer), savedOf(other)];
    const seen = [watch(writer), watch(other)];
    await comeBack(other);
    // More than any budget: each of these builds on what only the writer can bring.
    for (let key = 0; key < 60; key++) other.text.insert(other.text.length, 'x');
    await until(() => (seen[1]?.asked ?? 0) > 0);
    // The line works, and the server has been through all of it.
    other.provider.awareness.setLocalState({});
    const late = open(server, { person: '2' });
    await until(() => late.provider.awareness.getStates().has(other.doc.clientID));
    expect(seen[1]).toEqual({ asked: 1, closed: [] });
    expect(saysSaved(told[1] ?? [], other)).toBe(false);

    await comeBack(writer);
    const expected = `${all}${'x'.repeat(60)}`;
    await until(() => [writer, other, late].every(({ text }) => text.toString() === expected));
    await until(() => saysSaved(told[0] ?? [], writer) && saysSaved(told[1] ?? [], other));
    expect(await storedText()).toBe(expected);
    expect(seen.map(({ closed }) => closed)).toEqual([[], []]);
    // Two questions a letter that somebody else's letter stood on, at most.
    expect(seen[1]?.asked).toBeLessThan(25);
  });
});

describe('a client id that two processes took for two people after a crash', () => {
  it('is its writer’s: who lost it is judged afresh, and nobody else in the room notices', async () => {
    const losing = await startLosing();
    const [writer, other] = [open(losing), open(losing, { person: '1' })];
    await synced(writer, other);
    writer.text.insert(0, 'mine');
    await until(() => other.text.toString() === 'mine');
    await kill(losing, writer, other);
    const here = await startServer(database, place, { batch: 60 }, undefined, { deaf: true });
    endWithTest(here);
    const bystander = open(here, { ack: '1', person: '2' });
    const told = savedOf(bystander);
    const seen = watch(bystander);
    await synced(bystander);
    const there = await start();
    turn(there, writer);
    await comeBack(writer);
    await until(async () => (await ownerOf(writer.doc.clientID))?.userId === person(0));

    // This process has not heard of it, and takes the id for the one who brings it.
    const loser = watch(other);
    turn(here, other);
    other.text.insert(4, ' and his');
    bystander.text.insert(0, 'hers ');
    await comeBack(other);
    await until(() => loser.closed.length > 0);
    expect(loser.closed).toEqual([CLOSE.accessChanged]);
    await synced(other);
    // It still hears of nothing: what it has now it read when the log had refused it.
    await until(() => other.text.toString() === bystander.text.toString());
    expect([...bystander.text.toString()].sort()).toEqual([...'hers mine and his'].sort());
    await until(async () => (await storedText()) === bystander.text.toString());
    await until(() => saysSaved(told, bystander));
    expect(seen.closed).toEqual([]);
    expect(here.rooms.stats()).toEqual({ rooms: 1, connections: 2 });
    expect(await ownerOf(writer.doc.clientID)).toMatchObject({ userId: person(0), announced: true });
    await until(() => writer.text.toString() === bystander.text.toString());
  });
});
