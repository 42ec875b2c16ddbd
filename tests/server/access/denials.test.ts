import '@/tests/support/test-environment';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countDenial, writeDenials } from '@/server/access/denials';
import { removeMember } from '@/server/members';
import type { TestDatabase } from '@/tests/support/database';
import {
  addPerson,
  addProject,
  call,
  grantOf,
  openInstance,
  type Person,
  TEXT,
  tokenOf,
} from '@/tests/support/instance';
import { knockAt, openDoor, until } from '@/tests/support/socket';

let database: TestDatabase;
let owner: Person;
let reader: Person;
let stranger: Person;
let projectId: string;

beforeAll(async () => {
  database = await openInstance();
  [owner, reader, stranger] = await Promise.all([
    addPerson(database, 'Owner'),
    addPerson(database, 'Reader'),
    addPerson(database, 'Stranger'),
  ]);
  projectId = await addProject(database, owner, { reader });
});
afterAll(() => database.end());

type Row = { id: string; user_id: string | null; ip: string | null; details: Record<string, unknown> };
let seen = 0;

/** What was written down since the last look. */
async function written(): Promise<Row[]> {
  await writeDenials();
  const { rows } = await database.db.$client.query<Row>(
    "select id, user_id, ip, details from account_events where type = 'denied' and id > $1 order by id",
    [seen],
  );
  seen = Math.max(seen, ...rows.map(({ id }) => Number(id)));
  return rows;
}
beforeEach(() => written());

const CANARY = 'canary-refused-4711';
const body = { title: CANARY, text: `${TEXT} ${CANARY}` };
const from = (ip: string) => ({ headers: { 'x-gloss-ip': ip } });

describe('Access that is refused', () => {
  it('is written down: who, what, where and why, and nothing of what they sent', async () => {
    await call('source.create', reader, { params: { projectId }, body, ...from('192.0.2.1') });
    await call('source.create', stranger, { params: { projectId }, body, ...from('192.0.2.2') });
    const wrong = { token: `${CANARY}-${'x'.repeat(30)}`, origin: null };
    await call('source.create', wrong, { params: { projectId }, body, ...from('192.0.2.3') });
    const rows = await written();
    expect(rows.map(({ user_id, ip, details }) => ({ user_id, ip, details }))).toEqual([
      {
        user_id: reader.userId,
        ip: '192.0.2.1',
        details: { why: 'role', count: 1, actions: ['source.create'], projects: [projectId] },
      },
      {
        user_id: stranger.userId,
        ip: '192.0.2.2',
        details: { why: 'not a member', count: 1, actions: ['source.create'], projects: [projectId] },
      },
      {
        user_id: null,
        ip: '192.0.2.3',
        details: { why: 'no proof', count: 1, actions: ['source.create'], projects: [] },
      },
    ]);
    expect(JSON.stringify(rows)).not.toContain(CANARY);
  });

  it('is written down for sockets, tokens that may only read, and pages of other sites', async () => {
    const door = await openDoor(database);
    const path = `/live/${projectId}`;
    const knocks = [
      knockAt(door, path, { cookie: stranger.cookie }),
      knockAt(door, path, { cookie: 'x'.repeat(43) }),
      knockAt(door, path, { cookie: owner.cookie, origin: 'http://evil.test' }),
    ];
    for (const one of knocks) await until(() => one.status !== null || one.code !== null);
    await door.stop();
    const token = await tokenOf(owner, ['read']);
    await call('source.create', { token, origin: null }, { params: { projectId }, body });
    await call('team.create', { cookie: owner.cookie, origin: 'http://evil.test' }, { body: { name: 'x' } });
    const reasons = (await written()).map(({ details }) => [details.why, details.actions]);
    expect(reasons).toHaveLength(5);
    expect(reasons).toEqual(
      expect.arrayContaining([
        ['not a member', ['live.open']],
        ['no proof', ['live']],
        ['another site', ['live']],
        ['role', ['source.create']],
        ['another site', ['team.create']],
      ]),
    );
  });

  it('is one row for whoever tries again and again, with how often', async () => {
    for (let nth = 0; nth < 40; nth++) {
      await call('project.get', stranger, { params: { projectId }, ...from(`192.0.2.${nth}`) });
      await call('me', { token: 'y'.repeat(43), origin: null }, from('198.51.100.7'));
    }
    const rows = await written();
    expect(rows.map(({ details }) => details.count)).toEqual([40, 40]);
  });

  it('fills no more than a page, whoever comes from wherever', async () => {
    for (let nth = 0; nth < 5_000; nth++) {
      const ip = `10.${nth >> 8}.${nth & 255}.1`;
      countDenial({ why: 'no proof', actor: null, ip, action: 'me' });
    }
    const rows = await written();
    expect(rows).toHaveLength(101);
    expect(rows.at(-1)).toMatchObject({ user_id: null, ip: null, details: { count: 4_900 } });
  });

  it('is not claimed of somebody whose access ends while a page is open', async () => {
    const guest = await addPerson(database, 'Guest');
    const mine = await addProject(database, owner, { editor: guest });
    const door = await openDoor(database);
    const open = knockAt(door, `/live/${mine}`, { cookie: guest.cookie });
    await open.answer();
    await removeMember(grantOf(owner, mine), { userId: guest.userId });
    await open.ended();
    await door.stop();
    expect(await written()).toEqual([]);
  });

  it('says nothing of those who were let in, and of nobody who brings no proof at all', async () => {
    await call('project.get', owner, { params: { projectId } });
    await call('project.get', null, { params: { projectId } });
    expect(await written()).toEqual([]);
  });
});
