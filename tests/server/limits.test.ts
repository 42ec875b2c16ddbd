import '@/tests/support/test-environment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setEnv } from '@/env';
import { forgive, giveBack, spend, tellLimits } from '@/server/limits';
import type { TestDatabase } from '@/tests/support/database';
import { addPerson, addProject, ask, call, openInstance, type Person, TEXT } from '@/tests/support/instance';

let database: TestDatabase;

beforeAll(async () => {
  setEnv({ LIMIT_IMPORTS_PER_HOUR: '3', LIMIT_EXPORTS_PER_HOUR: '2' });
  database = await openInstance();
});
afterAll(() => database.end());

describe('Imports', () => {
  it('are limited to so many an hour for each person, previews too, with when to come back', async () => {
    const [busy, other] = [await addPerson(database, 'Busy'), await addPerson(database, 'Other')];
    const projectId = await addProject(database, busy, { editor: other });
    const given = { params: { projectId }, body: { title: 'Report', text: TEXT } };
    const preview = (person: Person) => call('source.preview', person, given);
    expect((await preview(busy)).status).toBe(200);
    await ask('source.create', busy, given);
    expect((await preview(busy)).status).toBe(200);
    for (const refused of [await preview(busy), await call('source.create', busy, given)]) {
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000);
      expect(((await refused.json()) as { error: { code: string } }).error.code).toBe('rate-limited');
    }
    expect((await preview(other)).status).toBe(200);
  });

  it('say in each answer how many are left, and when all are there again; an answer without a limit says nothing', async () => {
    const person = await addPerson(database, 'Counted');
    const projectId = await addProject(database, person);
    const body = { title: 'Report', text: TEXT };
    const preview = () => call('source.preview', person, { params: { projectId }, body });
    const told: (string | null)[] = [];
    for (let nth = 0; nth < 4; nth += 1) {
      const answer = await preview();
      expect(answer.headers.get('ratelimit-policy')).toBe('"import";q=3;w=3600');
      const [, left, seconds] =
        /^"import";r=(\d+);t=(\d+)$/.exec(answer.headers.get('ratelimit') ?? '') ?? [];
      expect(Number(seconds)).toBeGreaterThan(3_000);
      expect(Number(seconds)).toBeLessThanOrEqual(3_600);
      if (answer.status === 429) expect(answer.headers.get('retry-after')).toBe(seconds);
      else expect(answer.headers.get('retry-after')).toBeNull();
      expect(answer.headers.get('x-request-id')).not.toBeNull();
      told.push(`${answer.status} ${left}`);
    }
    expect(told).toEqual(['200 2', '200 1', '200 0', '429 0']);
    for (const free of [await call('me', person), await call('me', null)]) {
      expect(free.headers.get('ratelimit')).toBeNull();
      expect(free.headers.get('ratelimit-policy')).toBeNull();
    }
  });

  it('of two kinds are told side by side, and each request tells only its own', async () => {
    const ip = '192.0.2.7';
    const email = `nobody-${ip}@example.org`;
    const asking = [0, 1].map((nth) =>
      tellLimits(async () => {
        await spend('mail-address', ip);
        if (nth === 1) await spend('mail', email);
        return Response.json({ nth });
      }),
    );
    const [one, both] = await Promise.all(asking);
    expect(one?.headers.get('ratelimit-policy')).toBe('"mail-address";q=30;w=3600');
    expect(both?.headers.get('ratelimit-policy')).toBe('"mail-address";q=30;w=3600, "mail";q=5;w=3600');
    expect(both?.headers.get('ratelimit')).toMatch(/^"mail-address";r=2[89];t=\d+, "mail";r=4;t=\d+$/);
    expect(await both?.json()).toEqual({ nth: 1 });
    const given = await tellLimits(async () => {
      await spend('link', ip);
      await giveBack('link', ip);
      await forgive('mail', email);
      return new Response(null, { status: 204 });
    });
    expect(given.status).toBe(204);
    expect(given.headers.get('ratelimit')).toMatch(/^"link";r=30;t=\d+, "mail";r=5;t=0$/);
  });
});

describe('Exports', () => {
  it('are limited to so many an hour for each person, of every kind together, and say so before it bites', async () => {
    const [busy, other] = [await addPerson(database, 'Busy'), await addPerson(database, 'Other')];
    const projectId = await addProject(database, busy, { reader: other });
    const given = { params: { projectId, format: 'csv' } };
    const left = async (person: Person) =>
      (await ask<{ allowance: object }>('export.losses', person, given)).allowance;
    expect(await left(busy)).toEqual({ left: 2, of: 2, seconds: 0 });
    const first = await call('export.download', busy, given);
    expect(first.status).toBe(200);
    await first.arrayBuffer();
    expect(first.headers.get('ratelimit-policy')).toBe('"export";q=2;w=3600');
    expect(first.headers.get('ratelimit')).toMatch(/^"export";r=1;t=\d+$/);
    expect(await left(busy)).toMatchObject({ left: 1, of: 2, seconds: expect.any(Number) });
    const quotes = await call('quote.export', busy, { params: { projectId } });
    expect(quotes.status).toBe(200);
    await quotes.text();
    for (const refused of [
      await call('export.download', busy, given),
      await call('quote.export', busy, { params: { projectId } }),
    ]) {
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000);
    }
    expect(await left(busy)).toMatchObject({ left: 0 });
    expect(await left(other)).toMatchObject({ left: 2 });
  });
});
