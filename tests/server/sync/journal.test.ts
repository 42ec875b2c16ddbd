import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { noteUpdates } from '@/db/schema/notes';
import { replayJournals } from '@/server/sync/journal-replay';
import { database, endWithTest, open, place, savedOf, setUpNoteDesk, start, storedText } from './note-desk';
import { startServer, synced, until } from './note-server';

setUpNoteDesk();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gloss-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const complaints: string[] = [];
const complain = (_details: object, message: string) => complaints.push(message);
const log = { info: () => undefined, warn: complain, error: complain };
const journals = () => readdirSync(folder);

/** A server that is killed before it commits what it passes on. */
const startLosing = () => startServer(database, place, { batch: 3_600_000 }, undefined, { journal: folder });

/** The process behind a journal is one that has ended: here it is our own, which goes on. */
function bury(): string {
  const grave = mkdtempSync(join(folder, 'grave-'));
  const { pid } = spawnSync('true');
  for (const name of journals().filter((one) => one.endsWith('.journal'))) {
    cpSync(join(folder, name), join(grave, name));
    renameSync(join(grave, name), join(grave, name.replace(`_${process.pid}_`, `_${pid}_`)));
  }
  return grave;
}

describe('the journal', () => {
  it('brings back what a killed server had passed on, also when its writer never comes again', async () => {
    const first = await start();
    const [writer, other] = [open(first), open(first, { ack: '1', person: '1' })];
    await synced(writer, other);
    // The writer's id is known: nobody else may bring what is under it.
    writer.text.insert(0, 'one ');
    await until(async () => (await storedText()) === 'one ');
    const losing = await startLosing();
    for (const { provider } of [writer, other]) {
      provider.serverUrl = `${losing.url}/sync/${place.projectId}`;
      provider.disconnect();
      provider.connect();
    }
    await synced(writer, other);
    writer.text.insert(4, 'two ');
    await until(() => other.text.toString() === 'one two ');
    other.text.insert(8, 'three');
    await until(() => writer.text.toString() === 'one two three');
    writer.close();
    other.provider.disconnect();
    await losing.breakOff();
    expect(await storedText()).toBe('one ');

    // The other one comes to a process that never heard of it, and waits for what nobody can bring.
    const server = await start();
    const told = savedOf(other);
    other.provider.serverUrl = `${server.url}/sync/${place.projectId}`;
    other.provider.connect();
    await synced(other);
    const { clientID } = other.doc;
    const isSaved = () =>
      (told.at(-1)?.stateVector.get(clientID) ?? 0) >= Y.getState(other.doc.store, clientID);
    expect(await replayJournals({ folder: bury(), db: database.db, log })).toBeGreaterThan(0);
    await until(isSaved);
    expect(await storedText()).toBe('one two three');
    expect(other.provider.wsconnected).toBe(true);
  });

  it('is read to the end of what is whole, once, and adds nothing that is there', async () => {
    const losing = await startLosing();
    const [writer, other] = [open(losing), open(losing, { person: '1' })];
    await synced(writer, other);
    writer.text.insert(0, 'words');
    await until(() => other.text.toString() === 'words');
    writer.close();
    other.close();
    await losing.breakOff();
    const grave = bury();
    const [name = ''] = readdirSync(grave);
    appendFileSync(join(grave, name), Uint8Array.of(200, 1, 36, 65));
    const again = mkdtempSync(join(folder, 'again-'));
    cpSync(join(grave, name), join(again, name));
    expect(await replayJournals({ folder: grave, db: database.db, log })).toBe(1);
    expect(await storedText()).toBe('words');
    expect(readdirSync(grave)).toEqual([]);
    expect(await replayJournals({ folder: again, db: database.db, log })).toBe(0);
    expect(await database.db.$count(noteUpdates)).toBeGreaterThan(0);
    expect(await storedText()).toBe('words');
  });

  it('does not touch that of a process that runs', async () => {
    const losing = await startLosing();
    const writer = open(losing);
    await synced(writer);
    writer.text.insert(0, 'x');
    const file = () => join(folder, journals().find((name) => name.endsWith('.journal')) ?? '');
    await until(() => statSync(file()).size > 0);
    expect(await replayJournals({ folder, db: database.db, log })).toBe(0);
    expect(journals().length).toBe(1);
    writer.close();
    await losing.breakOff();
  });

  it('stays small while it is written to, and is gone when a server ends in good order', async () => {
    const server = await startServer(database, place, {}, undefined, { journal: folder });
    endWithTest(server);
    const writer = open(server, { ack: '1' });
    const told = savedOf(writer);
    await synced(writer);
    const most = () => Math.max(0, ...journals().map((name) => statSync(join(folder, name)).size));
    for (let round = 0; round < 40; round++) {
      writer.text.insert(0, 'x'.repeat(50_000));
      const sent = round + 2;
      await until(() => (told.at(-1)?.messages ?? 0) >= sent);
      expect(most()).toBeLessThan(1_200_000);
    }
    expect(journals().length).toBe(1);
    await server.rooms.close();
    expect(journals()).toEqual([]);
  });
});
