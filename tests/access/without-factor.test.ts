import '@/tests/support/test-environment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertMember } from '@/db/members';
import { selectNotices } from '@/db/notices';
import { changeProject } from '@/db/projects';
import { confirmWaiting, keepWaiting } from '@/db/second-factors';
import { setEnv } from '@/env';
import { type Action, WITHOUT_FACTOR } from '@/lib/access/roles';
import { OPERATIONS } from '@/lib/api/operations';
import { seal } from '@/server/factors/app-codes';
import { createInvitation } from '@/server/members';
import type { TestDatabase } from '@/tests/support/database';
import { fingerprintOf } from '@/tests/support/fingerprint';
import { addPerson, ask, call, grantOf, openInstance, type Person, tokenOf } from '@/tests/support/instance';
import { CASES, type Case } from './cases';
import { addPlace, makeWorld, type Place, type World } from './world';

let database: TestDatabase;
let world: World;
/** Of the cases, which change it, and of the rest. */
let ofCases: Place;
let place: Place;
beforeAll(async () => {
  database = await openInstance();
  world = await makeWorld(database);
  ofCases = await addPlace(database, world.people);
  place = await addPlace(database, world.people);
  await addFactor(world.people.owner);
});
afterAll(() => database.end());

async function addFactor({ userId }: Person): Promise<void> {
  const sealed = seal('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP');
  await keepWaiting(database.db, userId, sealed);
  await confirmWaiting(database.db, userId, sealed, 0);
}
const owner = () => ({ cookie: world.people.owner.cookie });
const here = () => ({ params: { projectId: place.projectId } });
const askFor = (secondFactor: boolean) =>
  ask('project.update', owner(), { ...here(), body: { secondFactor } });
const actionOf = (one: Case) => OPERATIONS[one.operation].access as Action;
const OF_PROJECT = CASES.filter((one) => !['public', 'signed-in'].includes(actionOf(one)));
/** Each operation once: however it is called, it is refused. */
const EACH = OF_PROJECT.filter(
  (one, at) =>
    OF_PROJECT.findIndex(({ operation }) => operation === one.operation) === at &&
    !WITHOUT_FACTOR.has(actionOf(one)),
);
type Refusal = { error: { code: string; message: string; details?: object } };
const NEEDED = {
  code: 'forbidden',
  message:
    'This project is open only to members with a second factor. Add an authenticator app or a passkey on the page of your account, then come back.',
  details: { reason: 'second-factor' },
};

describe('A project that asks for a second factor', () => {
  it.each(EACH.map((one) => [one.operation, one] as const))(
    'lets a member without one do nothing, and says why: %s',
    async (_, one) => {
      const { editor } = world.people;
      const given = await one.given(world, ofCases, editor);
      const grant = grantOf(world.people.owner, ofCases.projectId);
      await changeProject(database.db, grant, { secondFactor: true });
      try {
        const before = await fingerprintOf(database);
        const answer = await call(one.operation, { cookie: editor.cookie }, given);
        const { error } = (await answer.json()) as Refusal;
        expect([answer.status, error]).toEqual([403, { ...NEEDED, requestId: expect.any(String) }]);
        expect(await fingerprintOf(database)).toBe(before);
      } finally {
        await changeProject(database.db, grant, { secondFactor: false });
      }
    },
  );

  it('opens nothing by a token of theirs, and all to who has one, by session and token alike', async () => {
    const { reader } = world.people;
    await askFor(true);
    try {
      const token = await tokenOf(reader);
      const status = async (who: object) => (await call('project.get', who, here())).status;
      expect(await status({ token, origin: null })).toBe(403);
      expect(await status(owner())).toBe(200);
      await addFactor(reader);
      expect([await status({ token, origin: null }), await status({ cookie: reader.cookie })]).toEqual([
        200, 200,
      ]);
    } finally {
      await askFor(false);
    }
  });

  it('is told by its name alone to a member without one: no counts, no notices', async () => {
    const { annotator } = world.people;
    const source = {
      ...here(),
      body: { text: `What of it, @[${annotator.userId}]?`, sourceId: place.sourceId },
    };
    await ask('thread.create', owner(), source);
    const notices = async () =>
      (await selectNotices(database.db, annotator, { unseen: false }, { limit: 100 })).length;
    const listed = async () =>
      (
        await ask<{ items: { id: string; counts: object; lacksFactor: boolean }[] }>('project.list', {
          cookie: annotator.cookie,
        })
      ).items.find(({ id }) => id === place.projectId);
    expect(await notices()).toBe(1);
    expect(await listed()).toMatchObject({ lacksFactor: false, counts: { members: 4 } });
    await askFor(true);
    try {
      expect(await notices()).toBe(0);
      expect(await listed()).toMatchObject({
        lacksFactor: true,
        secondFactor: 'here',
        counts: { sources: 0, annotations: 0, members: 0 },
      });
    } finally {
      await askFor(false);
    }
  });

  it('tells its owners who of them has none, and nobody else; where none is asked for, nobody', async () => {
    const told = async (who: { cookie: string }) =>
      (
        await ask<{ items: { name: string; lacksFactor?: boolean }[] }>('member.list', who, here())
      ).items.flatMap(({ name, lacksFactor }) =>
        lacksFactor === undefined ? [] : [`${name} ${lacksFactor}`],
      );
    const helper = await addPerson(database, 'Helper');
    await insertMember(database.db, place, helper.userId, 'editor');
    await addFactor(helper);
    expect(await told(owner())).toEqual([]);
    await askFor(true);
    try {
      const lacking = await told(owner());
      expect(lacking).toContain(`${world.people.annotator.name} true`);
      expect(lacking).toContain(`${world.people.owner.name} false`);
      expect(lacking).toContain('Helper false');
      expect(await told(helper)).toEqual([]);
    } finally {
      await askFor(false);
    }
  });

  it('is not restored by an owner without one after it was deleted, who is told what to do', async () => {
    const [first, second] = [await addPerson(database, 'First'), await addPerson(database, 'Second')];
    await addFactor(first);
    const { id: projectId } = await ask<{ id: string }>(
      'project.create',
      { cookie: first.cookie },
      { body: { name: 'Gone' } },
    );
    await insertMember(database.db, { projectId }, second.userId, 'owner');
    const params = { projectId };
    await ask('project.update', { cookie: first.cookie }, { params, body: { secondFactor: true } });
    await ask('project.delete', { cookie: first.cookie }, { params, body: { name: 'Gone' } });
    const restore = ({ cookie }: Person) =>
      call('project.restore', { cookie }, { params: { deletedProjectId: projectId } });
    const before = await fingerprintOf(database);
    const refused = await restore(second);
    expect([refused.status, ((await refused.json()) as Refusal).error]).toEqual([
      403,
      { ...NEEDED, requestId: expect.any(String) },
    ]);
    expect(await fingerprintOf(database)).toBe(before);
    expect((await restore(first)).status).toBe(200);
  });

  it('tells a stranger no more than any other', async () => {
    const answers: string[] = [];
    for (const asked of [false, true, false]) {
      await askFor(asked);
      const answer = await call('project.get', { cookie: world.people.outsider.cookie }, here());
      expect(answer.status).toBe(404);
      answers.push(((await answer.json()) as Refusal).error.message);
    }
    expect(new Set(answers).size).toBe(1);
  });

  it('lets members without one leave, and somebody new come in, who then can’t open it', async () => {
    const [leaving, coming] = [await addPerson(database, 'Leaving'), await addPerson(database, 'Coming')];
    const grant = grantOf(world.people.owner, place.projectId);
    const { url = '' } = await createInvitation(grant, { role: 'reader', days: 1, maxUses: 5 });
    const join = (person: Person) =>
      ask<{ lacksFactor: boolean }>(
        'invitation.accept',
        { cookie: person.cookie },
        { body: { token: url.split('#')[1] } },
      );
    await join(leaving);
    await askFor(true);
    try {
      expect(await join(coming)).toMatchObject({ lacksFactor: true, counts: { sources: 0 } });
      expect((await call('project.get', { cookie: coming.cookie }, here())).status).toBe(403);
      const body = { userId: leaving.userId };
      expect((await call('member.remove', { cookie: leaving.cookie }, { ...here(), body })).status).toBe(200);
      const other = { userId: world.people.annotator.userId };
      expect(
        (await call('member.remove', { cookie: coming.cookie }, { ...here(), body: other })).status,
      ).toBe(403);
    } finally {
      await askFor(false);
    }
  });

  it('is asked for by an owner who has one, and by nobody else; both are in the audit', async () => {
    const bare = await addPerson(database, 'Bare');
    const project = await ask<{ id: string }>(
      'project.create',
      { cookie: bare.cookie },
      { body: { name: 'Bare' } },
    );
    const given = { params: { projectId: project.id }, body: { secondFactor: true } };
    const refused = await call('project.update', { cookie: bare.cookie }, given);
    expect([refused.status, ((await refused.json()) as Refusal).error.details]).toEqual([
      409,
      { reason: 'second-factor' },
    ]);
    await addFactor(bare);
    await ask('project.update', { cookie: bare.cookie }, given);
    await ask('project.update', { cookie: bare.cookie }, { ...given, body: { secondFactor: false } });
    const audit = await ask<{ items: { act: string; details: object }[] }>(
      'audit.list',
      { cookie: bare.cookie },
      {
        params: { projectId: project.id },
      },
    );
    expect(audit.items.filter(({ act }) => act === 'project.updated').map(({ details }) => details)).toEqual([
      { name: 'Bare', secondFactor: false },
      { name: 'Bare', secondFactor: true },
    ]);
  });
});

describe('An instance that asks for a second factor everywhere', () => {
  it('closes each project to who has none, and says which they are', async () => {
    const { editor } = world.people;
    setEnv({ REQUIRE_SECOND_FACTOR: 'true' });
    try {
      expect((await call('project.get', { cookie: editor.cookie }, here())).status).toBe(403);
      expect(
        (await call('project.create', { cookie: editor.cookie }, { body: { name: 'Mine' } })).status,
      ).toBe(403);
      expect(await ask('project.get', owner(), here())).toMatchObject({ secondFactor: 'everywhere' });
      await askFor(false);
      expect((await call('project.get', { cookie: editor.cookie }, here())).status).toBe(403);
    } finally {
      setEnv({ REQUIRE_SECOND_FACTOR: 'false' });
    }
    expect((await call('project.get', { cookie: editor.cookie }, here())).status).toBe(200);
  });
});
