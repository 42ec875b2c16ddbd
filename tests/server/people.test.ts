import '@/tests/support/test-environment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashToken } from '@/server/secret';
import type { TestDatabase } from '@/tests/support/database';
import { addPerson, ask, call, openInstance, type Person, tokenOf } from '@/tests/support/instance';

let database: TestDatabase;
let ada: Person;

beforeAll(async () => {
  database = await openInstance();
  ada = await addPerson(database, 'Ada');
});
afterAll(() => database.end());

type Token = { id: string; token: string; expires: string | null };

describe('An API token', () => {
  it('is shown once, and only its hash is kept', async () => {
    const { id, token } = await ask<Token>('token.create', ada, { body: { name: 'Script' } });
    expect(Buffer.from(token, 'base64url').length).toBe(32);
    const listed = await (await call('token.list', ada)).text();
    expect(listed).toContain(id);
    expect(listed).not.toContain(token);
    expect(listed).not.toContain(hashToken(token));
    const { rows } = await database.db.$client.query('select token_hash from api_tokens where id = $1', [id]);
    expect(rows).toEqual([{ token_hash: hashToken(token) }]);
  });

  it('acts as its person until it is revoked, or its days are over', async () => {
    const { id, token } = await ask<Token>('token.create', ada, { body: { name: 'Script', days: 30 } });
    const mine = { token, origin: null };
    expect(await ask('me', mine)).toMatchObject({ id: ada.userId });
    await ask('token.revoke', ada, { body: { id } });
    expect((await call('me', mine)).status).toBe(401);
    const late = await ask<Token>('token.create', ada, { body: { name: 'Late', days: 1 } });
    await database.db.$client.query('update api_tokens set expires = now() where id = $1', [late.id]);
    expect((await call('me', { token: late.token, origin: null })).status).toBe(401);
  });

  it('that ended says how to whoever holds it, and one that never was, that it is none', async () => {
    const whatIsSaid = async (token: string) => {
      const answer = await call('me', { token, origin: null });
      const { error } = (await answer.json()) as { error: { code: string; message: string } };
      expect([answer.status, error.code]).toEqual([401, 'unauthenticated']);
      return error.message;
    };
    const late = await ask<Token>('token.create', ada, { body: { name: 'Late', days: 1 } });
    await database.db.$client.query("update api_tokens set expires = '2024-03-01T10:20:00Z' where id = $1", [
      late.id,
    ]);
    expect(await whatIsSaid(late.token)).toBe(
      'This API token ran out on 2024-03-01 10:20 UTC. Make a new one on your account page.',
    );
    const revoked = await ask<Token>('token.create', ada, { body: { name: 'Gone' } });
    await ask('token.revoke', ada, { body: { id: revoked.id } });
    expect(await whatIsSaid(revoked.token)).toMatch(/was revoked/);
    expect(await whatIsSaid('x'.repeat(43))).toMatch(/is no API token/);
  });

  it('is made with the scopes and the days it is given, and stays listed when it ran out', async () => {
    const given = { name: 'Reads', scopes: ['read'], days: 7 };
    const made = await ask<Token & { scopes: string[] }>('token.create', ada, { body: given });
    expect(made.scopes).toEqual(['read']);
    const days = (Date.parse(made.expires ?? '') - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.99);
    expect(days).toBeLessThanOrEqual(7);
    const mine = { token: made.token, origin: null };
    expect((await call('me', mine)).status).toBe(200);
    expect((await call('team.create', mine, { body: { name: 'Desk' } })).status).toBe(403);
    await database.db.$client.query('update api_tokens set expires = now() where id = $1', [made.id]);
    const { items } = await ask<{ items: { id: string }[] }>('token.list', ada);
    expect(items.map(({ id }) => id)).toContain(made.id);
  });

  it('makes no other token, and changes neither address nor password', async () => {
    const mine = { token: await tokenOf(ada), origin: null };
    expect((await call('token.create', mine, { body: { name: 'More' } })).status).toBe(403);
    expect((await call('me.update', mine, { body: { email: 'x@example.org' } })).status).toBe(403);
    expect((await call('me.update', mine, { body: { password: 'a new long password' } })).status).toBe(403);
  });

  it('of somebody else can be neither seen nor revoked', async () => {
    const ben = await addPerson(database, 'Ben');
    const { id, token } = await ask<Token>('token.create', ada, { body: { name: 'Script' } });
    expect(await (await call('token.list', ben)).json()).toEqual({ items: [], nextCursor: null });
    expect((await call('token.revoke', ben, { body: { id } })).status).toBe(404);
    expect((await call('me', { token, origin: null })).status).toBe(200);
  });

  it.each([
    [{ name: 'x', scopes: [] }],
    [{ name: 'x', scopes: ['admin'] }],
    [{ name: 'x', days: 0 }],
    [{ name: 'x', days: 366 }],
    [{ name: '' }],
  ])('is not made of %j', async (body) => {
    expect((await call('token.create', ada, { body })).status).toBe(400);
  });
});

describe('An account', () => {
  it('takes no address that another has', async () => {
    const ben = await addPerson(database, 'Ben');
    expect((await call('me.update', ben, { body: { email: ada.email.toUpperCase() } })).status).toBe(409);
    expect(await ask('me', ben)).toMatchObject({ email: ben.email });
  });

  it.each(['no address', 'a@b', 'a@b.c\r\nBcc: x@y.z', '', `${'x'.repeat(250)}@example.org`])(
    'takes no address that is none: %j',
    async (email) => {
      expect((await call('me.update', ada, { body: { email } })).status).toBe(400);
    },
  );

  it('takes no short password', async () => {
    expect((await call('me.update', ada, { body: { password: 'too short' } })).status).toBe(400);
  });
});
