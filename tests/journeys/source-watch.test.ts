import '@/tests/support/test-environment';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sourceWatches, watchHosts } from '@/db/schema/watches';
import type { Notice } from '@/lib/notices/notice';
import type { Source } from '@/lib/sources/source';
import type { SourceWatch } from '@/lib/sources/watch';
import type { TestDatabase } from '@/tests/support/database';
import { addPerson, addProject, openInstance, type Person, tokenOf } from '@/tests/support/instance';
import { type Newspaper, openNewspaper } from '@/tests/support/newspaper';
import { type Program, startProgram } from '@/tests/support/program';
import { until } from '@/tests/support/socket';
import { edited, FIRST } from '@/tests/support/versioned-source';

const QUOTE = '“We found no records of the third contract,” the auditor said';

let database: TestDatabase;
let paper: Newspaper;
let programs: Program[];
let owner: Person;
let token: string;
let projectId: string;

const start = () => {
  const {
    host,
    user,
    database: name,
  } = database.connection as { host: string; user: string; database: string };
  return startProgram({
    DATABASE_URL: `postgres://${user}@/${name}?host=${encodeURIComponent(host)}`,
    NEXTAUTH_SECRET: 'a secret that only tests use, 32 characters or more',
    GLOSS_TEST_IMPORT_HOSTS: paper.host,
    WATCH_POLL_SECONDS: '0.1',
  });
};

beforeAll(async () => {
  [database, paper] = [await openInstance(), await openNewspaper()];
  owner = await addPerson(database, 'Owner');
  projectId = await addProject(database, owner);
  token = await tokenOf(owner);
  programs = [await start(), await start()];
});
afterAll(async () => {
  await Promise.all(programs.map((program) => program.stop()));
  await paper.close();
  await database.end();
});

async function ask<T>(method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${programs.at(-1)?.url}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}

const sources = () => `/projects/${projectId}/sources`;
const watchOf = (id: string) => ask<SourceWatch>('GET', `${sources()}/${id}/watch`);
const bringIn = async (path: string) => {
  paper.publish(path, FIRST);
  return ask<Source>('POST', sources(), { url: paper.url(path) });
};

/** As if so much time had passed as a killed process is waited for. */
async function letLeasesRunOut(): Promise<void> {
  await database.db.update(sourceWatches).set({ leasedUntil: new Date(0) });
  await database.db.update(watchHosts).set({ freeAt: new Date(0) });
}

describe('Two running programs and a page that is edited', { timeout: 90_000 }, () => {
  it('look by themselves, once, and tell whoever quoted it', async () => {
    const { id } = await bringIn('/edited');
    const selector = [{ type: 'TextQuoteSelector', exact: QUOTE }];
    await ask('POST', `/projects/${projectId}/annotations`, {
      sourceId: id,
      motivation: 'quoting',
      selector,
    });
    paper.publish('/edited', edited(FIRST, ['no records', 'few records']));
    paper.requests.length = 0;
    await ask('PUT', `${sources()}/${id}/watch`, { every: 'hour' });
    await until(async () => (await watchOf(id)).lastResult === 'changed', 20_000);
    expect(paper.asked()).toEqual(['/edited']);
    const { items, unseen } = await ask<{ items: Notice[]; unseen: number }>(
      'GET',
      '/me/notices?unseen=true',
    );
    expect(unseen).toBe(1);
    expect(items[0]).toMatchObject({
      source: { id },
      version: 2,
      annotations: [{ was: QUOTE, now: QUOTE.replace('no', 'few'), outcome: 'changed' }],
    });
    await ask('DELETE', `${sources()}/${id}/watch`);
  });

  it('leave to the next what they were looking at when they were killed or stopped', async () => {
    const { id } = await bringIn('/slow');
    const hanging: ServerResponse[] = [];
    paper.publish('/slow', (_, response) => void hanging.push(response));
    const lookedAt = async () => (await database.db.select().from(sourceWatches))[0]?.lastChecked;
    const [first, second] = programs as [Program, Program];
    await second.stop();
    programs = [first];
    await letLeasesRunOut();
    await ask('PUT', `${sources()}/${id}/watch`, { every: 'hour' });
    await until(() => hanging.length === 1, 20_000);
    await first.stop('SIGKILL');
    const third = await start();
    programs = [third];
    expect(hanging).toHaveLength(1);
    await letLeasesRunOut();
    await until(() => hanging.length === 2, 20_000);
    const told = performance.now();
    expect(await third.stop('SIGTERM')).toBe(0);
    // Sooner than the page would have been given up.
    expect(performance.now() - told).toBeLessThan(4_000);
    expect(await lookedAt()).toBeNull();
    paper.publish('/slow', FIRST);
    programs = [await start()];
    await until(async () => (await watchOf(id)).lastResult === 'unchanged', 20_000);
    expect(await lookedAt()).not.toBeNull();
  });
});
