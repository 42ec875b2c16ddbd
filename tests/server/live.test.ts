import '@/tests/support/test-environment';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Event } from '@/lib/events/event';
import { CLOSE } from '@/lib/live/close-codes';
import { newId } from '@/lib/new-id';
import { createAnnotation } from '@/server/annotations';
import { createCode, updateCode } from '@/server/codebook';
import { createInvitation, removeMember } from '@/server/members';
import { makeSourceVersion } from '@/server/sources/make-version';
import { decideTarget } from '@/server/targets/decide-target';
import type { TestDatabase } from '@/tests/support/database';
import {
  addPerson,
  addProject,
  addSource,
  ask,
  grantOf,
  openInstance,
  type Person,
  subjectIdOf,
} from '@/tests/support/instance';
import { type Door, type Knock, knockAt, openDoor, until } from '@/tests/support/socket';

let database: TestDatabase;
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
});

/** Opens a live socket and waits until it has caught up. */
async function follow(
  projectId: string,
  person: Person,
  { after = 0, door = doors[0] }: { after?: number; door?: Door } = {},
): Promise<Knock> {
  const made = knockAt(door, `/live/${projectId}?after=${after}`, { cookie: person.cookie });
  knocks.push(made);
  await until(() => made.said('ready').length === 1);
  return made;
}

const eventsOf = (one: Knock): Event[] => one.said<{ event: Event }>('event').map(({ event }) => event);
const idsOf = (one: Knock) => eventsOf(one).map(({ id }) => id);

describe('What happens in a project', () => {
  it('reaches every member within a second, on every process, and nobody of another project', async () => {
    const [owner, reader, stranger] = [
      await addPerson(database, 'Owner'),
      await addPerson(database, 'Reader'),
      await addPerson(database, 'Stranger'),
    ];
    const projectId = await addProject(database, owner, { reader });
    const elsewhere = await addProject(database, stranger);
    const source = await addSource(grantOf(owner, projectId));
    const members = await Promise.all([
      follow(projectId, owner),
      follow(projectId, reader, { door: doors[1] }),
    ]);
    const outside = await Promise.all(doors.map((door) => follow(elsewhere, stranger, { door })));
    const annotation = await createAnnotation(grantOf(owner, projectId), {
      sourceId: source.id,
      motivation: 'highlighting',
      selector: [{ type: 'TextQuoteSelector', exact: 'a draft report', prefix: '', suffix: '' }],
      codeIds: [],
    });
    const made = performance.now();
    for (const one of members) {
      await until(() => eventsOf(one).some((event) => subjectIdOf(event) === annotation.id), 1_000);
    }
    expect(performance.now() - made).toBeLessThan(1_000);
    // Whatever reached the strangers would have come before what happens at their own place now.
    await createCode(grantOf(stranger, elsewhere), { name: 'Last', definition: '' });
    for (const one of outside) {
      await until(() => eventsOf(one).length > 0);
      expect(new Set(eventsOf(one).map((event) => event.projectId))).toEqual(new Set([elsewhere]));
    }
  });

  it('is heard once and in order by whoever comes, goes and comes back amid writers', async () => {
    const owner = await addPerson(database, 'Owner');
    const projectId = await addProject(database, owner);
    const grant = grantOf(owner, projectId);
    const faithful = await follow(projectId, owner);
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let nth = 0; nth < 12; nth++) {
        await createCode(grant, { name: `Code ${writer}.${nth}`, definition: '' });
      }
    });
    const heard: number[] = [];
    let after = 0;
    // Comes back with the cursor of the last event it saw, at whatever moment that is.
    for (let visit = 0; heard.length < 96; visit++) {
      const one = await follow(projectId, owner, { after, door: doors[visit % 2 === 0 ? 0 : 1] });
      const wanted = Math.min(96 - heard.length, 7);
      await until(() => eventsOf(one).length >= wanted);
      one.leave();
      const seen = idsOf(one);
      heard.push(...seen);
      after = seen.at(-1) ?? after;
    }
    await Promise.all(writers);
    await until(() => eventsOf(faithful).length === 96);
    const { items } = await ask<{ items: Event[] }>(
      'event.list',
      { cookie: owner.cookie },
      { params: { projectId }, query: { limit: 500 } },
    );
    const log = items.map(({ id }) => id);
    expect(log).toHaveLength(96);
    expect(heard).toEqual(log);
    expect(idsOf(faithful)).toEqual(log);
  });

  it('tells of a version, of every mark that came with it and of what is decided about one', async () => {
    const [owner, reader] = [await addPerson(database, 'Owner'), await addPerson(database, 'Reader')];
    const projectId = await addProject(database, owner, { reader });
    const grant = grantOf(owner, projectId);
    const source = await addSource(grant);
    const { id } = await createAnnotation(grant, {
      sourceId: source.id,
      motivation: 'highlighting',
      selector: [{ type: 'TextQuoteSelector', exact: 'The ministry denied it.', prefix: '', suffix: '' }],
      codeIds: [],
    });
    const after = await follow(projectId, reader, { door: doors[1] });
    const text = 'The watchdog wrote a draft report, and then wrote no more.';
    await makeSourceVersion(grant, source.id, { text });
    await decideTarget(grant, id, { orphan: true }, null);
    const told = () => eventsOf(after).map(({ happening }) => happening);
    await until(() => told().at(-1)?.type === 'source.targets-decided');
    const types = ['source.version-created', 'source.targets-carried', 'source.targets-decided'];
    const [version, carried, decided] = types.map((type) => told().find((one) => one.type === type)?.subject);
    expect(version).toMatchObject({ id: source.id, text: { version: 2 } });
    expect(carried).toMatchObject({ annotations: [{ id, version: 1, anchoring: { state: 'waiting' } }] });
    expect(decided).toMatchObject({ annotations: [{ id, version: 1, anchoring: { state: 'orphan' } }] });
  });

  it('is told about invitations to those alone who may list them', async () => {
    const [owner, editor] = [await addPerson(database, 'Owner'), await addPerson(database, 'Editor')];
    const projectId = await addProject(database, owner, { editor });
    const grant = grantOf(owner, projectId);
    const [first, second] = [await follow(projectId, owner), await follow(projectId, editor)];
    await createInvitation(grant, { role: 'reader', days: 7, maxUses: 1 });
    await createCode(grant, { name: 'Afterwards', definition: '' });
    for (const one of [first, second]) await until(() => eventsOf(one).some(isCode));
    expect(eventsOf(first).map(({ happening }) => happening.type)).toEqual([
      'invitation.created',
      'code.created',
    ]);
    expect(eventsOf(second).map(({ happening }) => happening.type)).toEqual(['code.created']);
    // Neither by a later replay, nor by the log.
    const again = await follow(projectId, editor);
    expect(eventsOf(again).map(({ happening }) => happening.type)).toEqual(['code.created']);
    const { items } = await ask<{ items: Event[] }>(
      'event.list',
      { cookie: editor.cookie },
      { params: { projectId } },
    );
    expect(items.map(({ happening }) => happening.type)).toEqual(['code.created']);
  });

  it('is not withheld from others by somebody whose cursor lies beyond the log', async () => {
    const [owner, reader] = [await addPerson(database, 'Owner'), await addPerson(database, 'Reader')];
    const projectId = await addProject(database, owner, { reader });
    const ahead = await follow(projectId, reader, { after: Number.MAX_SAFE_INTEGER });
    const honest = await follow(projectId, owner);
    const code = await createCode(grantOf(owner, projectId), { name: 'New', definition: '' });
    for (const one of [honest, ahead]) {
      await until(() => eventsOf(one).some((event) => subjectIdOf(event) === code.id), 1_000);
    }
  });

  it('ends for somebody who was removed, whose cursor opens nothing any more', async () => {
    const [owner, reader] = [await addPerson(database, 'Owner'), await addPerson(database, 'Reader')];
    const projectId = await addProject(database, owner, { reader });
    const grant = grantOf(owner, projectId);
    const one = await follow(projectId, reader);
    const code = await createCode(grant, { name: 'Before', definition: '' });
    await until(() => eventsOf(one).length === 1);
    await removeMember(grant, { userId: reader.userId });
    await one.ended();
    await updateCode(grant, code.id, { definition: 'After' }, null);
    const again = knockAt(doors[0], `/live/${projectId}?after=0`, { cookie: reader.cookie });
    knocks.push(again);
    expect(await again.answer()).toBe(4404);
    expect(eventsOf(one).some(({ happening }) => happening.type === 'code.updated')).toBe(false);
  });
});

describe('Who is here', () => {
  it('is known on every process, and forgotten when a socket closes', async () => {
    const [owner, reader] = [await addPerson(database, 'Owner'), await addPerson(database, 'Reader')];
    const projectId = await addProject(database, owner, { reader });
    const watcher = await follow(projectId, owner);
    const other = await follow(projectId, reader, { door: doors[1] });
    const noteId = newId();
    other.socket.send(JSON.stringify({ type: 'presence', at: { sourceId: null, noteId } }));
    const here = () => watcher.here().map(({ userId }) => userId);
    await until(() => here().includes(reader.userId));
    other.leave();
    await until(() => !here().includes(reader.userId));
  });

  it('is told as what has changed, not as all who are here, and together when many come at once', async () => {
    const owner = await addPerson(database, 'Owner');
    const projectId = await addProject(database, owner);
    const watcher = await follow(projectId, owner);
    const pages = await Promise.all(
      Array.from({ length: 12 }, (_, at) => follow(projectId, owner, { door: doors[at % 2] })),
    );
    for (const page of pages) page.socket.send(JSON.stringify({ type: 'presence', at: {} }));
    await until(() => watcher.here().length === 12);
    const told = () => watcher.said<{ people: unknown[]; gone: string[] }>('presence-change');
    expect(told().length).toBeLessThan(12);
    const before = told().length;
    pages[0]?.socket.send(JSON.stringify({ type: 'presence', at: { noteId: newId() } }));
    await until(() => told().length > before);
    expect(told().at(-1)).toMatchObject({ people: [{ userId: owner.userId }], gone: [] });
    // Whoever comes now is told of all.
    const late = await follow(projectId, owner, { door: doors[1] });
    await until(() => late.here().length === 12);
  });

  it('does not say to others where somebody is who codes in a blind pass', async () => {
    const [owner, reader] = [await addPerson(database, 'Owner'), await addPerson(database, 'Reader')];
    const projectId = await addProject(database, owner, { reader });
    const sourceId = newId();
    const pages = [await follow(projectId, owner), await follow(projectId, reader)];
    pages[1]?.socket.send(JSON.stringify({ type: 'presence', at: { sourceId, hidden: true } }));
    const seenBy = (at: number) => pages[at]?.here().find(({ userId }) => userId === reader.userId);
    await until(() => seenBy(0) !== undefined && seenBy(1) !== undefined);
    expect(seenBy(0)).toMatchObject({ sourceId: null, hidden: true });
    expect(seenBy(1)).toMatchObject({ sourceId });
    expect(pages[0]?.heard.some((one) => String(one).includes(sourceId))).toBe(false);
    const late = await follow(projectId, owner);
    await until(() => late.here().length === 1);
    expect(late.here()[0]).toMatchObject({ sourceId: null });
  });

  it('leaves out whoever’s line has gone silent though it was never closed, until it speaks again', async () => {
    const [owner, reader] = [await addPerson(database, 'Owner'), await addPerson(database, 'Reader')];
    const projectId = await addProject(database, owner, { reader });
    const watcher = await follow(projectId, owner, { door: doors[1] });
    const other = await follow(projectId, reader);
    other.socket.send(JSON.stringify({ type: 'presence', at: { sourceId: newId() } }));
    const isHere = () => watcher.here().some(({ userId }) => userId === reader.userId);
    await until(isHere);
    // Read no more, it answers no question any more either.
    other.socket.pause();
    const since = performance.now();
    await until(() => !isHere());
    expect(performance.now() - since).toBeLessThan(8_000);
    expect(other.code).toBeNull();
    other.socket.resume();
    await until(isHere);
  });
});

describe('What somebody says on a live socket', () => {
  it('is held to some thousand bytes a second, in messages of no more than a few', async () => {
    const owner = await addPerson(database, 'Owner');
    const projectId = await addProject(database, owner);
    const large = await follow(projectId, owner);
    large.socket.send(JSON.stringify({ type: 'ping', padding: 'x'.repeat(5_000) }));
    expect(await large.ended()).toBe(CLOSE.tooLarge);
    const busy = await follow(projectId, owner);
    for (let nth = 0; nth < 12; nth++) {
      busy.socket.send(JSON.stringify({ type: 'ping', padding: 'x'.repeat(3_900) }));
    }
    expect(await busy.ended()).toBe(CLOSE.tooMany);
    expect(busy.said('pong').length).toBeLessThan(12);
  });
});

function isCode({ happening }: Event): boolean {
  return happening.type === 'code.created';
}
