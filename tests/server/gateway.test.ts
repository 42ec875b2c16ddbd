import '@/tests/support/test-environment';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { setEnv } from '@/env';
import { CLOSE } from '@/lib/live/close-codes';
import { SYNC_STEP } from '@/lib/notes/note-sync';
import { removeMember, updateMember } from '@/server/members';
import { createNote, deleteNote } from '@/server/notes';
import { ownDataFolder } from '@/tests/support/data-folder';
import type { TestDatabase } from '@/tests/support/database';
import {
  addPerson,
  addProject,
  ask,
  type Credentials,
  call,
  grantOf,
  openInstance,
  type Person,
} from '@/tests/support/instance';
import { askForAll, carries, paragraph, syncMessage } from '@/tests/support/note-messages';
import { type Door, type Knock, knockAt, openDoor, until } from '@/tests/support/socket';

const forget = ownDataFolder();
let database: TestDatabase;
/** Two processes that serve one database. */
let doors: [Door, Door];
const knocks: Knock[] = [];

beforeAll(async () => {
  database = await openInstance();
  doors = [await openDoor(database), await openDoor(database)];
});
afterEach(() => {
  for (const knock of knocks.splice(0)) knock.leave();
});
afterAll(async () => {
  for (const door of doors) await door.stop();
  await database.end();
  forget();
});

type Desk = { owner: Person; guest: Person; projectId: string; noteId: string };

/** A project of an owner with an editor, and a note in it. */
async function makeDesk(): Promise<Desk> {
  const [owner, guest] = [await addPerson(database, 'Owner'), await addPerson(database, 'Guest')];
  const projectId = await addProject(database, owner, { editor: guest });
  const note = await createNote(grantOf(owner, projectId), { title: 'Shared' });
  return { owner, guest, projectId, noteId: note.id };
}

/** Opens a live and a note socket on both processes, and waits until each is served. */
async function openAll({ projectId, noteId }: Desk, credentials: Credentials): Promise<Knock[]> {
  const mine = doors.flatMap((door) => {
    const live = knockAt(door, `/live/${projectId}`, credentials);
    const note = knockAt(door, `/sync/${projectId}/${noteId}`, credentials);
    // A reader is told nothing before they ask.
    note.socket.on('open', () => note.socket.send(askForAll()));
    return [live, note];
  });
  knocks.push(...mine);
  for (const one of mine) expect(await one.answer()).toBe(101);
  return mine;
}

describe('Access that ends', () => {
  it('by revoking a token closes the sockets opened with it, and no others', async () => {
    const desk = await makeDesk();
    const { cookie } = desk.guest;
    const body = { name: 'Script', scopes: ['read', 'write'] };
    const { id, token } = await ask<{ id: string; token: string }>('token.create', { cookie }, { body });
    const [byToken, byCookie] = [await openAll(desk, { token }), await openAll(desk, { cookie })];
    await ask('token.revoke', { cookie }, { body: { id } });
    await closeWithin(byToken, CLOSE.unauthenticated);
    expect(byCookie.map((one) => one.code)).toEqual([null, null, null, null]);
    expect((await call('me', { token, origin: null })).status).toBe(401);
  });

  it('with a note that is deleted shuts that note on every process, for good, and nothing else', async () => {
    const desk = await makeDesk();
    const mine = await openAll(desk, { cookie: desk.guest.cookie });
    await deleteNote(grantOf(desk.owner, desk.projectId), desk.noteId, null);
    await closeWithin(
      mine.filter((_, at) => at % 2 === 1),
      CLOSE.notFound,
    );
    const again = knockAt(doors[0], `/sync/${desk.projectId}/${desk.noteId}`, { cookie: desk.guest.cookie });
    knocks.push(again);
    await closeWithin([again], CLOSE.notFound);
    expect(mine.map((one) => one.code)).toEqual([null, CLOSE.notFound, null, CLOSE.notFound]);
  });

  it('while a socket is being let in leaves none of them open', async () => {
    const desk = await makeDesk();
    const { owner, guest, projectId } = desk;
    const { cookie } = guest;
    const mine = Array.from({ length: 20 }, () => knockAt(doors[0], `/live/${projectId}`, { cookie }));
    knocks.push(...mine);
    await until(() => mine.some((one) => one.opened));
    await removeMember(grantOf(owner, projectId), { userId: guest.userId });
    for (const one of mine) expect([CLOSE.noAccess, CLOSE.notFound]).toContain(await one.ended());
  });

  it('ends it also for a peer that does not answer the goodbye and goes on writing', async () => {
    const desk = await makeDesk();
    const { owner, guest, projectId, noteId } = desk;
    const path = `/sync/${projectId}/${noteId}`;
    const open = () => doors[0].sockets();
    const before = open();
    const watcher = knockAt(doors[0], path, { cookie: owner.cookie });
    const deaf = knockAt(doors[0], path, { cookie: guest.cookie });
    const polite = knockAt(doors[0], `/live/${projectId}`, { cookie: guest.cookie });
    knocks.push(watcher, deaf, polite);
    await Promise.all([watcher.answer(), deaf.answer(), polite.answer()]);
    // It reads nothing from now on, not even that it was closed.
    deaf.socket.pause();
    await removeMember(grantOf(owner, projectId), { userId: guest.userId });
    await polite.ended();
    deaf.socket.send(syncMessage(SYNC_STEP.update, paragraph('written after the end')));
    await until(() => open() === before + 1, 5_000);
    watcher.socket.send(askForAll());
    await until(() => watcher.heard.some((one) => one[1] === SYNC_STEP.answer));
    expect(watcher.heard.some((one) => carries(one, 'written after the end'))).toBe(false);
  });

  it('by a new role comes back with the rights of that role', async () => {
    const desk = await makeDesk();
    const { owner, guest, projectId } = desk;
    const before = await openAll(desk, { cookie: guest.cookie });
    await updateMember(grantOf(owner, projectId), { userId: guest.userId, role: 'reader' });
    // A process that has not heard of it yet would let them in, and out again.
    for (const one of before) await one.ended();
    const [live] = await openAll(desk, { cookie: guest.cookie });
    await until(() => live?.said('ready').length === 1);
    expect(live?.said('ready')).toMatchObject([{ role: 'reader' }]);
  });

  /** All of them were closed with this code, the last one within a second from now. */
  async function closeWithin(sockets: Knock[], code: number): Promise<void> {
    const done = performance.now();
    for (const one of sockets) expect(await one.ended()).toBe(code);
    expect(Math.max(...sockets.map((one) => one.closedAt)) - done).toBeLessThan(1_000);
  }
});

describe('Somebody with many pages open', () => {
  it('has twenty sockets, is told of the one too many, and may come back when another is closed', async () => {
    const { owner, guest, projectId } = await makeDesk();
    const open = (person: Person) => {
      const made = knockAt(doors[0], `/live/${projectId}`, { cookie: person.cookie });
      knocks.push(made);
      return made;
    };
    const mine = Array.from({ length: 20 }, () => open(guest));
    for (const one of mine) expect(await one.answer()).toBe(101);
    const excess = open(guest);
    expect(await excess.ended()).toBe(CLOSE.tooMany);
    expect(excess.heard).toEqual([]);
    expect(await open(owner).answer()).toBe(101);
    mine[0]?.leave();
    await until(async () => (await open(guest).answer()) === 101);
  });

  it('joins so many rooms a minute and no more', async () => {
    setEnv({ LIMIT_ROOM_JOINS: '5' });
    try {
      const { guest, projectId } = await makeDesk();
      const codes: number[] = [];
      for (let visit = 0; visit < 12; visit++) {
        const one = knockAt(doors[0], `/live/${projectId}`, { cookie: guest.cookie });
        codes.push(await one.answer());
        one.leave();
      }
      // A minute may begin in between, and five more with it.
      expect(codes.filter((code) => code === 101).length).toBeLessThanOrEqual(10);
      expect(codes).toContain(CLOSE.tooMany);
    } finally {
      setEnv({ LIMIT_ROOM_JOINS: '50' });
    }
  });
});

describe('A process that shuts down', () => {
  it('tells every socket to come back, and refuses none for good', async () => {
    const door = await openDoor(database);
    const desk = await makeDesk();
    const { cookie } = desk.owner;
    const mine = [
      knockAt(door, `/live/${desk.projectId}`, { cookie }),
      knockAt(door, `/sync/${desk.projectId}/${desk.noteId}`, { cookie }),
    ];
    knocks.push(...mine);
    await Promise.all(mine.map((one) => one.answer()));
    // One more is still being judged.
    const late = knockAt(door, `/live/${desk.projectId}`, { cookie });
    mine.push(late);
    knocks.push(late);
    await until(() => late.opened);
    await door.stop();
    for (const one of mine) expect(await one.ended()).toBe(CLOSE.shuttingDown);
  });
});
