import '@/tests/support/test-environment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectMiscounted } from '@/db/usage';
import { OPERATIONS, type OperationId } from '@/lib/api/operations';
import { newId } from '@/lib/new-id';
import type { TestDatabase } from '@/tests/support/database';
import { fingerprintOf } from '@/tests/support/fingerprint';
import { type Call, type Credentials, call, openInstance, tokenOf } from '@/tests/support/instance';
import { allows, CASES, type Case, MARK, oneOfEach } from './access/cases';
import {
  addPlace,
  CALLERS,
  type Caller,
  makeWorld,
  type Place,
  RELATIONS,
  type Relation,
  roleOf,
  type World,
} from './access/world';

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await openInstance();
  world = await makeWorld(database);
});
afterAll(() => database.end());

const accessOf = (one: Case): string => OPERATIONS[one.operation].access;
const isOfProject = (one: Case) => !['public', 'signed-in'].includes(accessOf(one));
const nameOf = (one: Case) => `${one.operation}${one.about ? ` (${one.about})` : ''}`;
const credentialsOf = (caller: Caller): Credentials | null =>
  caller === 'anonymous' ? null : { cookie: world.people[caller].cookie };

/** What must be answered: the whole of who may do what, said once more from the table. */
function expected(one: Case, caller: Caller, relation: Relation): number {
  const status = one.status ?? OPERATIONS[one.operation].status;
  if (accessOf(one) === 'public') return status;
  if (caller === 'anonymous') return 401;
  if (accessOf(one) === 'signed-in') return status;
  const role = roleOf(caller);
  if (role === null || relation !== 'own') return 404;
  return allows(one, role) ? status : 403;
}

/** The body of a refusal without what differs from request to request. */
async function refusalOf(response: Response): Promise<string> {
  const { error } = (await response.json()) as { error: { requestId: string } };
  expect(error.requestId).toMatch(/^[0-9a-f-]{36}$/);
  return JSON.stringify({ ...error, requestId: '' });
}

/** Each from an address of its own: limits by address are tested elsewhere. */
const address = (() => {
  let count = 0;
  return () => {
    count += 1;
    return `10.${count >> 16}.${(count >> 8) & 255}.${count & 255}`;
  };
})();
const knock = (one: OperationId, who: Credentials | null, given: Call) =>
  call(one, who, { ...given, headers: { 'x-gloss-ip': address(), ...given.headers } });

/** Ends an answer that nobody reads: an export holds a connection until then. */
const leave = async (response: Response) => {
  if (!response.bodyUsed) await response.body?.cancel();
};

describe('Every operation, by everyone, in every project', () => {
  it('has a case for each operation of the contract', () => {
    const covered = new Set(CASES.map((one) => one.operation));
    expect([...covered].sort()).toEqual(Object.keys(OPERATIONS).sort());
  });

  const cases = CASES.map((one) => [nameOf(one), one] as const);
  it.each(cases)(
    '%s lets in whom the table allows and changes nothing for others',
    { timeout: 120_000 },
    async (_, one) => {
      const strange = new Set<string>();
      // A project of the case's own: what the cases before it made would be read with every list.
      const own = isOfProject(one) ? await addPlace(database, world.people) : world.places.own;
      for (const relation of isOfProject(one) ? RELATIONS : (['own'] as const)) {
        // Nobody is let in but at home, so that one request does for all.
        const shared = relation === 'own' ? null : await requestFor(one, relation, 'editor', own);
        for (const caller of CALLERS) {
          const cell = `${nameOf(one)} by ${caller}, ${relation}`;
          const given = shared ?? (await requestFor(one, relation, caller, own));
          const before = await fingerprintOf(database);
          const response = await knock(one.operation, credentialsOf(caller), given);
          const status = expected(one, caller, relation);
          expect(response.status, cell).toBe(status);
          const changed = (await fingerprintOf(database)) !== before;
          const changes = one.changes ?? OPERATIONS[one.operation].method !== 'GET';
          expect(changed, `${cell}: changed something`).toBe(status < 300 && changes);
          if (status === 404) strange.add(await refusalOf(response));
          else if (status < 300) await leaksNothing(response, cell, one.operation);
        }
      }
      expect(strange.size, 'a stranger, a deleted and a missing project look the same').toBe(
        isOfProject(one) ? 1 : 0,
      );
    },
  );

  async function requestFor(one: Case, relation: Relation, caller: Caller, own: Place): Promise<Call> {
    const home = one.apart ? () => addPlace(database, world.people) : () => own;
    const place = relation === 'own' ? await home() : world.places[relation];
    const person = caller === 'anonymous' ? world.people.outsider : world.people[caller];
    // Where there is no project, the things are those of the callers' own.
    const given = await one.given(world, relation === 'missing' ? own : place, person);
    return given.params ? { ...given, params: { ...given.params, projectId: place.projectId } } : given;
  }

  async function leaksNothing(response: Response, cell: string, operation: OperationId): Promise<void> {
    const text = await response.text();
    const { foreign, deleted } = world.places;
    // The one list that is there to tell owners of what they deleted.
    for (const { projectId, sourceId } of operation === 'project.list-deleted'
      ? [foreign]
      : [foreign, deleted]) {
      expect(text.includes(projectId) || text.includes(sourceId), `${cell}: tells of another project`).toBe(
        false,
      );
    }
  }
});

describe('A token that may only read', () => {
  const cases = CASES.filter((one) => accessOf(one) !== 'public').map((one) => [nameOf(one), one] as const);
  it.each(cases)('reads and changes nothing: %s', async (_, one) => {
    const { owner } = world.people;
    const token = await tokenOf(owner, ['read']);
    const given = await one.given(world, world.places.own, owner);
    const before = await fingerprintOf(database);
    const response = await knock(one.operation, { token, origin: null }, given);
    expect(response.status).toBe(OPERATIONS[one.operation].method === 'GET' ? 200 : 403);
    await leave(response);
    expect(await fingerprintOf(database)).toBe(before);
  });
});

describe('A thing of another project', () => {
  /** Made once: nothing may change what is theirs. */
  let theirs: Record<string, string>;
  beforeAll(async () => {
    theirs = await oneOfEach(world, world.places.foreign);
  });

  // How an address may be called is said to anybody, of every address alike.
  const withTwoIds = CASES.filter(
    (one) => isOfProject(one) && OPERATIONS[one.operation].path.split('{').length > 2,
  );

  it('is looked for by every operation with two ids', () => {
    expect(new Set(withTwoIds.map((one) => one.operation)).size).toBeGreaterThan(15);
  });

  it.each(withTwoIds.map((one) => [nameOf(one), one] as const))(
    'is not found through one of ours: %s',
    async (_, one) => {
      const { owner } = world.people;
      const { projectId } = world.places.own;
      const given = await one.given(world, world.places.own, owner);
      const [, name = ''] = Object.keys(given.params ?? {});
      const before = await fingerprintOf(database);
      const answers: string[] = [];
      for (const id of [theirs[name] ?? '', newId()]) {
        const response = await knock(
          one.operation,
          { cookie: owner.cookie },
          {
            ...given,
            params: { projectId, [name]: id },
          },
        );
        expect(response.status).toBe(404);
        answers.push(await refusalOf(response));
      }
      expect(answers[0]).toBe(answers[1]);
      expect(await fingerprintOf(database)).toBe(before);
    },
  );

  it('cannot be named in a body, and is told from nothing by no answer', async () => {
    const { owner } = world.people;
    const { projectId, sourceId } = world.places.own;
    const bodies: [OperationId, number, (ids: Record<string, string>) => unknown][] = [
      ['annotation.create', 404, ({ sourceId: id }) => ({ ...MARK, sourceId: id })],
      ['annotation.create', 400, ({ codeId }) => ({ ...MARK, sourceId, codeIds: [codeId] })],
      ['thread.create', 404, ({ annotationId }) => ({ annotationId, text: 'Theirs?' })],
      ['thread.create', 404, ({ claimId }) => ({ claimId, text: 'Theirs?' })],
      ['thread.create', 404, ({ codeId }) => ({ codeId, text: 'Theirs?' })],
      ['thread.create', 404, ({ noteId }) => ({ noteId, text: 'Theirs?' })],
      ['thread.create', 404, ({ sourceId: id }) => ({ sourceId: id, text: 'Theirs?' })],
      ['thread.create', 400, ({ userId }) => ({ sourceId, text: `Theirs, @[${userId}]?` })],
      [
        'claim.create',
        404,
        ({ annotationId }) => ({ wording: 'Theirs', evidence: [{ annotationId, stance: 'supports' }] }),
      ],
      ['claim.create', 400, ({ userId }) => ({ wording: 'Theirs', owner: userId })],
      [
        'follow-up.create',
        404,
        ({ claimId }) => ({ wording: 'Theirs', raisedBy: { type: 'claim', id: claimId } }),
      ],
      ['follow-up.create', 400, ({ userId }) => ({ wording: 'Theirs', owner: userId })],
      ['note.create', 404, ({ sourceId: id }) => ({ title: 'Theirs', sourceId: id })],
      ['member.update', 404, ({ userId }) => ({ userId, role: 'reader' })],
      ['member.remove', 404, ({ userId }) => ({ userId })],
    ];
    const before = await fingerprintOf(database);
    for (const [operation, status, bodyOf] of bodies) {
      const answers: string[] = [];
      const none = Object.fromEntries(Object.keys(theirs).map((name) => [name, newId()]));
      for (const ids of [theirs, none]) {
        const response = await knock(
          operation,
          { cookie: owner.cookie },
          { params: { projectId }, body: bodyOf(ids) },
        );
        expect(response.status, operation).toBe(status);
        answers.push(await refusalOf(response));
      }
      expect(answers[0], operation).toBe(answers[1]);
    }
    expect(await fingerprintOf(database)).toBe(before);
  });

  it('is not found by a filter', async () => {
    const { owner } = world.people;
    const { projectId } = world.places.own;
    const filters: [OperationId, Record<string, string>][] = [
      ['annotation.list', { source: theirs.sourceId ?? '' }],
      ['annotation.list', { code: theirs.codeId ?? '' }],
      ['annotation.list', { creator: world.places.foreign.owner.userId }],
      ['thread.list', { source: theirs.sourceId ?? '' }],
      ['thread.list', { annotation: theirs.annotationId ?? '' }],
      ['thread.list', { claim: theirs.claimId ?? '' }],
      ['thread.list', { code: theirs.codeId ?? '' }],
      ['thread.list', { note: theirs.noteId ?? '' }],
      ['activity.list', { person: world.places.foreign.owner.userId }],
      ['claim.list', { source: theirs.sourceId ?? '' }],
      ['claim.list', { owner: world.places.foreign.owner.userId }],
      ['follow-up.list', { source: theirs.sourceId ?? '' }],
      ['follow-up.list', { owner: world.places.foreign.owner.userId }],
      ['note.list', { source: theirs.sourceId ?? '' }],
    ];
    for (const [operation, query] of filters) {
      const response = await knock(operation, { cookie: owner.cookie }, { params: { projectId }, query });
      expect(await response.json(), operation).toEqual({ items: [], nextCursor: null });
    }
  });
});

describe('An address that is none', () => {
  it.each(['1', 'null', '../x', "' or 1=1 --", '00000000-0000-4000-8000-000000000000'])(
    'is not found like a missing project: %s',
    async (projectId) => {
      const { cookie } = world.people.owner;
      const nowhere = await knock('project.get', { cookie }, { params: { projectId: newId() } });
      const response = await knock('project.get', { cookie }, { params: { projectId } });
      expect(response.status).toBe(404);
      expect(await refusalOf(response)).toBe(await refusalOf(nowhere));
    },
  );
});

describe('A page of another site', () => {
  const changing = CASES.filter((one) => !['GET', 'OPTIONS'].includes(OPERATIONS[one.operation].method));
  it.each(changing.map((one) => [nameOf(one), one] as const))(
    "cannot act with a person's cookie: %s",
    async (_, one) => {
      const { owner } = world.people;
      const given = await one.given(world, world.places.own, owner);
      const before = await fingerprintOf(database);
      const attempts: Credentials[] = [
        'null',
        'http://evil.test',
        'http://gloss.test.evil.test',
        'https://gloss.test:444',
      ].map((origin) => ({ cookie: owner.cookie, origin }));
      for (const attempt of attempts) {
        expect((await knock(one.operation, attempt, given)).status, `from ${attempt.origin}`).toBe(403);
      }
      const crossSite = { ...given, headers: { 'sec-fetch-site': 'cross-site' } };
      expect((await knock(one.operation, { cookie: owner.cookie, origin: null }, crossSite)).status).toBe(
        403,
      );
      expect(await fingerprintOf(database)).toBe(before);
    },
  );
});

describe('After all of them', () => {
  it('as many marks are counted in each project as there are', async () => {
    expect(await selectMiscounted(database.db)).toEqual([]);
  });
});
