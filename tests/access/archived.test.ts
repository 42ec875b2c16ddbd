import '@/tests/support/test-environment';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { setArchived } from '@/db/projects';
import type { Actor } from '@/lib/access/actor';
import { can } from '@/lib/access/can';
import { ACTIONS, type Action, WHILE_ARCHIVED } from '@/lib/access/roles';
import { OPERATIONS } from '@/lib/api/operations';
import { CLOSE } from '@/lib/live/close-codes';
import { newId } from '@/lib/new-id';
import { SYNC_STEP } from '@/lib/notes/note-sync';
import { NOTE_SCHEMA_VERSION } from '@/lib/notes/schema-version';
import { authorize, isReading } from '@/server/access/authorize';
import { whileAllowed } from '@/server/access/while-allowed';
import { createInvitation } from '@/server/members';
import { createNote } from '@/server/notes';
import type { TestDatabase } from '@/tests/support/database';
import { fingerprintOf } from '@/tests/support/fingerprint';
import { ask, call, grantOf, openInstance, type Person } from '@/tests/support/instance';
import { askForAll, carries, paragraph, syncMessage } from '@/tests/support/note-messages';
import { type Door, type Knock, knockAt, openDoor, until } from '@/tests/support/socket';
import { CASES, type Case } from './cases';
import { addPlace, makeWorld, type Place, type World } from './world';

let database: TestDatabase;
let world: World;
let place: Place;
let doors: [Door, Door];
const knocks: Knock[] = [];

beforeAll(async () => {
  database = await openInstance();
  world = await makeWorld(database);
  place = await addPlace(database, world.people);
  doors = [await openDoor(database), await openDoor(database)];
});
afterEach(async () => {
  for (const knock of knocks.splice(0)) knock.leave();
  await archive(false);
});
afterAll(async () => {
  for (const door of doors) await door.stop();
  await database.end();
});

const archive = (is: boolean) => setArchived(database.db, grantOf(world.people.owner, place.projectId), is);
const actionOf = (one: Case) => OPERATIONS[one.operation].access as Action;
const OF_PROJECT = CASES.filter((one) => !['public', 'signed-in'].includes(actionOf(one)));
const nameOf = (one: Case) => `${one.operation}${one.about ? ` (${one.about})` : ''}`;
/** Each operation once: however it is called, it is refused. */
const writing = OF_PROJECT.filter(
  (one, at) =>
    OF_PROJECT.findIndex(({ operation }) => operation === one.operation) === at &&
    !isReading(actionOf(one)) &&
    !WHILE_ARCHIVED.has(actionOf(one)),
);

describe('An archived project', () => {
  it('tells an operation that writes by its action: none that changes something passes for reading', () => {
    const safe = new Set(['GET', 'OPTIONS']);
    const passing = OF_PROJECT.filter(
      (one) => isReading(actionOf(one)) && !safe.has(OPERATIONS[one.operation].method),
    );
    expect(passing.map(nameOf)).toEqual([]);
    expect(writing.length).toBeGreaterThan(100);
  });

  it.each(writing.map(({ operation }) => operation))(
    'refuses before it looks at anything, and says who can bring it back: %s',
    async (operation) => {
      await archive(true);
      const names = [...OPERATIONS[operation].path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
      const ids = Object.fromEntries(names.map((name) => [name, name === 'version' ? '1' : newId()]));
      const who = can('editor', OPERATIONS[operation].access as Action) ? 'editor' : 'owner';
      const given = { params: { ...ids, projectId: place.projectId }, body: {} };
      const response = await call(operation, { cookie: world.people[who].cookie }, given);
      const { error } = (await response.json()) as { error: { message: string; details: object } };
      expect(response.status).toBe(403);
      expect(error.details).toEqual({ reason: 'archived' });
      expect(error.message).toBe(
        'This project is archived: it can be read, not changed. owner can bring it back, in its settings.',
      );
    },
  );

  it('is read by everybody as by a reader, and never written by any action but those that end something', async () => {
    await archive(true);
    const { userId, name, email, sessionId } = world.people.owner;
    const via = { kind: 'session', id: sessionId } as const;
    const actor = { userId, name, email, via, scopes: ['read', 'write'], ip: null } satisfies Actor;
    const letIn: Action[] = [];
    for (const action of ACTIONS) {
      const grant = await authorize(actor, action, place.projectId).catch(() => null);
      if (isReading(action)) expect(grant?.role, action).toBe('reader');
      else if (grant !== null) letIn.push(action);
    }
    expect(new Set(letIn)).toEqual(WHILE_ARCHIVED);
  });

  it('takes nobody in by a link, and takes no use of it', async () => {
    const { owner, outsider } = world.people;
    const { url } = await createInvitation(grantOf(owner, place.projectId), {
      role: 'editor',
      days: 1,
      maxUses: 1,
    });
    const body = { token: url?.split('#')[1] };
    await archive(true);
    const refused = await call('invitation.accept', { cookie: outsider.cookie }, { body });
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('owner can bring it back');
    await archive(false);
    await ask('invitation.accept', { cookie: outsider.cookie }, { body });
    const params = { projectId: place.projectId };
    await ask('member.remove', { cookie: outsider.cookie }, { params, body: { userId: outsider.userId } });
  });

  it('is taken out to the end by whoever may read it, and no further once it is brought back', async () => {
    const { owner } = world.people;
    const other = await addPlace(database, world.people);
    const params = { projectId: other.projectId };
    await ask('project.archive', { cookie: owner.cookie }, { params });
    const grant = await authorize(grantOf(owner, other.projectId).actor, 'project.read', other.projectId);
    async function* pieces() {
      yield* ['one', 'two'];
      await ask('project.unarchive', { cookie: owner.cookie }, { params });
      yield 'three';
    }
    const taken: string[] = [];
    const take = async () => {
      for await (const piece of whileAllowed(grant, pieces(), 0)) taken.push(piece);
    };
    await expect(take()).rejects.toThrow('Your access to this project ended meanwhile, or changed.');
    expect(taken).toEqual(['one', 'two']);
  });

  it('lets whoever must go be taken out', async () => {
    const { owner, reader } = world.people;
    const other = await addPlace(database, world.people);
    const params = { projectId: other.projectId };
    await ask('project.archive', { cookie: owner.cookie }, { params });
    await ask('member.remove', { cookie: owner.cookie }, { params, body: { userId: reader.userId } });
    expect((await call('project.get', { cookie: reader.cookie }, { params })).status).toBe(404);
  });

  it('stops notes that are open from being written within a second, on both processes, and lets them be written again', async () => {
    const { owner, editor } = world.people;
    const params = { projectId: place.projectId };
    const note = await createNote(grantOf(owner, place.projectId), { title: 'Shared' });
    const path = `/sync/${place.projectId}/${note.id}?schema=${NOTE_SCHEMA_VERSION}`;
    const enter = (door: Door, person: Person) => {
      const made = knockAt(door, path, { cookie: person.cookie });
      made.socket.on('open', () => made.socket.send(askForAll()));
      knocks.push(made);
      return made;
    };
    const open = doors.map((door) => enter(door, editor));
    for (const one of open) expect(await one.answer()).toBe(101);
    const began = performance.now();
    await ask('project.archive', { cookie: owner.cookie }, { params });
    await until(() => open.every(({ code }) => code === CLOSE.accessChanged));
    expect(performance.now() - began).toBeLessThan(1_000);

    const [writer, watcher] = [enter(doors[0], editor), enter(doors[1], owner)];
    for (const one of [writer, watcher]) expect(await one.answer()).toBe(101);
    const before = await fingerprintOf(database);
    writer.socket.send(syncMessage(SYNC_STEP.update, paragraph('not in here')));
    writer.socket.send(askForAll());
    await until(() => writer.heard.length > 1 || writer.code !== null);
    expect(await fingerprintOf(database)).toBe(before);
    expect(watcher.heard.some((message) => carries(message, 'not in here'))).toBe(false);

    await ask('project.unarchive', { cookie: owner.cookie }, { params });
    // Each process has heard of it once it closed what was open: who comes before that is sent away once more.
    await until(() => writer.code !== null && watcher.code !== null);
    const [again, other] = [enter(doors[0], editor), enter(doors[1], owner)];
    for (const one of [again, other]) expect(await one.answer()).toBe(101);
    again.socket.send(syncMessage(SYNC_STEP.update, paragraph('written again')));
    await until(() => other.heard.some((message) => carries(message, 'written again')));
  });

  it('is told to everybody and written into the audit', async () => {
    const { owner } = world.people;
    const params = { projectId: place.projectId };
    const { items } = await ask<{ items: { act: string; actor: { name: string }; details: object }[] }>(
      'audit.list',
      { cookie: owner.cookie },
      { params, query: { kind: 'project' } },
    );
    const told = items.filter(({ act }) => act.endsWith('archived'));
    expect(told.map(({ act, details }) => [act, details])).toEqual([
      ['project.unarchived', { name: 'Story' }],
      ['project.archived', { name: 'Story' }],
    ]);
  });

  it('tells of itself in lists, and archiving it twice changes nothing more', async () => {
    const { owner, reader } = world.people;
    const params = { projectId: place.projectId };
    const first = await ask('project.archive', { cookie: owner.cookie }, { params });
    const before = await fingerprintOf(database);
    expect(await ask('project.archive', { cookie: owner.cookie }, { params })).toEqual(first);
    expect(await fingerprintOf(database)).toBe(before);
    const { items } = await ask<{ items: { id: string; role: string; archived: string | null }[] }>(
      'project.list',
      { cookie: reader.cookie },
    );
    const mine = items.find(({ id }) => id === place.projectId);
    expect(mine).toMatchObject({ role: 'reader', archived: first.archived });
  });
});
