import '@/tests/support/test-environment';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '@/lib/new-id';
import type { TestDatabase } from '../support/database';
import {
  addPerson,
  addProject,
  addSource,
  grantOf,
  openInstance,
  type Person,
  tokenOf,
} from '../support/instance';
import { type Program, startProgram } from '../support/program';
import { environmentOn } from '../support/program-on-test-database';

let database: TestDatabase;
let owner: Person;
let projectId: string;
let sourceId: string;
let token: string;
/** Two processes that share nothing but the database. */
let programs: Program[];

beforeAll(async () => {
  database = await openInstance();
  owner = await addPerson(database, 'Owner');
  projectId = await addProject(database, owner);
  sourceId = (await addSource(grantOf(owner, projectId))).id;
  token = await tokenOf(owner);
  const environment = environmentOn(database);
  programs = await Promise.all([startProgram(environment), startProgram(environment)]);
}, 240_000);
afterAll(async () => {
  await Promise.all((programs ?? []).map((one) => one.stop()));
  await database?.end();
});

async function send(program: Program, method: string, path: string, headers: object, body?: object) {
  return fetch(program.url + path, {
    method,
    headers: { 'content-type': 'application/json', origin: program.url, ...headers },
    body: body && JSON.stringify(body),
  });
}

/** Calls the API as the owner's own program would. */
async function asOwner<T>(program: Program, method: string, path: string, body?: object): Promise<T> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await send(program, method, `/api/projects/${projectId}/guest-links${path}`, headers, body);
  expect(answer.status).toBeLessThan(300);
  return (await answer.json()) as T;
}

it.each([
  [0, 1],
  [1, 0],
])(
  'A link that is ended in one process has ended in the other at the next request (process %i, then %i)',
  { timeout: 60_000 },
  async (here, there) => {
    const [ours, theirs] = [programs[here] as Program, programs[there] as Program];
    const expires = new Date(Date.now() + 86_400_000).toISOString();
    const made = await asOwner<{ id: string; url: string }>(ours, 'POST', '', {
      kind: 'source',
      mode: 'comment',
      sourceId,
      expires,
    });
    const secret = { token: made.url.split('#')[1] ?? '' };
    const opened = await send(theirs, 'POST', '/api/guest/open', {}, { ...secret, pin: null });
    expect(opened.status).toBe(200);
    const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const news = () => send(theirs, 'POST', '/api/guest/news', { cookie }, secret);
    expect((await news()).status).toBe(200);

    await asOwner(ours, 'DELETE', `/${made.id}`);
    const about = { type: 'source', id: sourceId };
    const said = { ...secret, about, id: newId(), text: 'Too late.', verdict: null };
    for (const answer of [
      await news(),
      await send(theirs, 'POST', '/api/guest/open', { cookie }, { ...secret, pin: null }),
      await send(theirs, 'POST', '/api/guest/words', { cookie }, said),
    ])
      expect([answer.status, await answer.json()]).toMatchObject([410, { error: { code: 'gone' } }]);
    const { rows } = await database.db.$client.query('select count(*)::int as n from comments');
    expect(rows).toEqual([{ n: 0 }]);
  },
);
