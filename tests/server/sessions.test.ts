import '@/tests/support/test-environment';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { setEnv } from '@/env';
import type { TestDatabase } from '@/tests/support/database';
import { rowsOf } from '@/tests/support/factors';
import { addPerson, ask, call, openInstance, openSession } from '@/tests/support/instance';

let database: TestDatabase;

beforeAll(async () => {
  database = await openInstance();
});
afterEach(() => {
  setEnv({ SESSION_IDLE_HOURS: '168', SESSION_HOURS: '720' });
});
afterAll(() => database.end());

type Session = { id: string; lastUsed: string; created: string; ip: string | null; current: boolean };
const statusOf = async (cookie: string) => (await call('me', { cookie })).status;
/** Moves what is known of a session so many hours back. */
const age = (id: string, column: 'last_used' | 'created', hours: number) =>
  rowsOf(
    database,
    `update sessions set ${column} = now() - make_interval(mins => $2) where id = $1`,
    id,
    hours * 60,
  );

describe('A session', () => {
  it('that nobody used for a week ends; one that was used goes on', async () => {
    const { cookie, sessionId } = await addPerson(database, 'Ada');
    await age(sessionId, 'last_used', 167);
    expect(await statusOf(cookie)).toBe(200);
    await age(sessionId, 'last_used', 169);
    expect(await statusOf(cookie)).toBe(401);
  });

  it('ends after thirty days, however much it is used', async () => {
    const { cookie, sessionId } = await addPerson(database, 'Ada');
    await rowsOf(
      database,
      "update sessions set expires = now() + interval '1 year' where id = $1",
      sessionId,
    );
    await age(sessionId, 'created', 719);
    expect(await statusOf(cookie)).toBe(200);
    await age(sessionId, 'created', 721);
    expect(await statusOf(cookie)).toBe(401);
  });

  it('is held to shorter times as soon as they are set, one that is open too', async () => {
    const { cookie, sessionId } = await addPerson(database, 'Ada');
    await age(sessionId, 'last_used', 2);
    setEnv({ SESSION_IDLE_HOURS: '1' });
    expect(await statusOf(cookie)).toBe(401);
    setEnv({ SESSION_IDLE_HOURS: '12', SESSION_HOURS: '0.5' });
    await age(sessionId, 'created', 1);
    expect(await statusOf(cookie)).toBe(401);
  });

  it('tells when and where it was used last, to the minute', async () => {
    const person = await addPerson(database, 'Ada');
    await age(person.sessionId, 'last_used', 3);
    const other = await openSession(database.db, person.userId);
    await call('me', person, { headers: { 'x-gloss-ip': '203.0.113.9' } });
    const list = async () =>
      (await ask<{ items: Session[] }>('session.list', { cookie: other.cookie })).items;
    const used = (await list()).find(({ id }) => id === person.sessionId);
    expect(used).toMatchObject({ ip: '203.0.113.9', current: false });
    expect(Date.now() - Date.parse(used?.lastUsed ?? '')).toBeLessThan(60_000);
    // Within that minute nothing is written: a request should not cost a row.
    await call('me', person, { headers: { 'x-gloss-ip': '203.0.113.10' } });
    expect((await list()).find(({ id }) => id === person.sessionId)?.ip).toBe('203.0.113.9');
  });

  it('can stay alone: all others end at once', async () => {
    const person = await addPerson(database, 'Ada');
    const [other, third] = [
      await openSession(database.db, person.userId),
      await openSession(database.db, person.userId),
    ];
    const stranger = await addPerson(database, 'Ben');
    await ask('session.end', person, { body: { others: true } });
    const all = [person, other, third, stranger].map(({ cookie }) => statusOf(cookie));
    expect(await Promise.all(all)).toEqual([200, 401, 401, 200]);
    expect((await ask<{ items: Session[] }>('session.list', person)).items).toHaveLength(1);
  });
});
