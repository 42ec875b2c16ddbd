import '@/tests/support/test-environment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeAppCode } from '@/server/factors/app-codes';
import { makeSignInLink } from '@/server/sign-in-links';
import type { TestDatabase } from '@/tests/support/database';
import {
  addApp,
  addSomebody,
  browser,
  codeAt,
  halfway,
  isIn,
  PASSWORD,
  rowsOf,
} from '@/tests/support/factors';
import { ask, call, openInstance } from '@/tests/support/instance';

let database: TestDatabase;

beforeAll(async () => {
  database = await openInstance();
});
afterAll(() => database.end());

const somebody = () => addSomebody(database);
const rows = (text: string, ...given: unknown[]) => rowsOf(database, text, ...given);
const typesOf = async (userId: string) =>
  (await rows('select type from account_events where user_id = $1 order by id', userId)).map(
    ({ type }) => type,
  );

describe('An authenticator app', () => {
  it('asks for its code after the password, and lets in whoever has it', async () => {
    const person = await somebody();
    const { secret, recoveryCodes } = await addApp(person);
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await ask('factor.list', { cookie: person.cookie })).toMatchObject({
      authenticator: {},
      passkeys: [],
      recoveryCodesLeft: 10,
      proof: 'factor',
    });
    const one = await halfway(person.email);
    expect((await one.signIn('step', { code: '000000' })).error).toMatch(/code does not work/);
    expect(await one.signIn('step', { code: codeAt(secret) })).toMatchObject({ status: 200, error: null });
    expect(await isIn(one)).toBe(true);
    expect(one.jar.has('gloss-sign-in')).toBe(false);
    expect(
      await rows('select details from account_events where user_id = $1 and type = $2', person.id, 'sign-in'),
    ).toEqual([{ details: { by: 'credentials', second: 'authenticator' } }]);
  });

  it('is asked for after a link in a mail too', async () => {
    const person = await somebody();
    const { secret } = await addApp(person);
    const one = browser();
    const token = (await makeSignInLink(person.id, 15)).split('#')[1] as string;
    expect((await one.signIn('link', { token })).error).toBe('NextStep');
    expect(await isIn(one)).toBe(false);
    expect((await one.signIn('step', { code: codeAt(secret) })).status).toBe(200);
  });

  it('gives codes that work once, 30 s either way, and for no other step', async () => {
    const person = await somebody();
    const { secret } = await addApp(person);
    const now = Date.now();
    const at = (seconds: number) => codeAt(secret, now + seconds * 1_000);
    expect(await takeAppCode(person.id, at(-60), now)).toBe(false);
    expect(await takeAppCode(person.id, at(60), now)).toBe(false);
    expect(await takeAppCode(person.id, at(0), now)).toBe(true);
    expect(await takeAppCode(person.id, at(0), now)).toBe(false);
    // One that is older than one that was taken could have been read on the way.
    expect(await takeAppCode(person.id, at(-30), now)).toBe(false);
    const both = await Promise.all([
      takeAppCode(person.id, at(30), now),
      takeAppCode(person.id, at(30), now),
    ]);
    expect(both.sort()).toEqual([false, true]);
  });

  it('can be guessed at five times in a quarter of an hour, for whichever browser', async () => {
    const person = await somebody();
    const { secret } = await addApp(person);
    for (let guess = 0; guess < 5; guess++) {
      const one = await halfway(person.email);
      expect((await one.signIn('step', { code: '000000' })).status).toBe(401);
    }
    const one = await halfway(person.email);
    const answer = await one.signIn('step', { code: codeAt(secret) });
    expect(answer.status).toBe(429);
    expect(Number(answer.retryAfter)).toBeGreaterThan(600);
  });

  it('keeps its secret sealed, and its recovery codes as argon2id', async () => {
    const person = await somebody();
    const { secret, recoveryCodes } = await addApp(person);
    const kept = JSON.stringify([
      await rows('select * from authenticators where user_id = $1', person.id),
      await rows('select * from recovery_codes where user_id = $1', person.id),
    ]);
    expect(kept).not.toContain(secret);
    for (const code of recoveryCodes) expect(kept).not.toContain(code.replace('-', ''));
    expect(kept).toContain('"salt"');
  });

  it('goes on working until the one that takes its place gave a code', async () => {
    const person = await somebody();
    const { secret } = await addApp(person);
    const { secret: next } = await ask<{ secret: string }>('authenticator.begin', person);
    const wrong = await call('authenticator.confirm', person, { body: { code: '000000' } });
    expect(wrong.status).toBe(400);
    expect((await (await halfway(person.email)).signIn('step', { code: codeAt(secret) })).status).toBe(200);
    const made = await ask('authenticator.confirm', person, { body: { code: codeAt(next) } });
    expect(made).toEqual({ recoveryCodes: null });
    expect(await takeAppCode(person.id, codeAt(secret, Date.now() + 30_000))).toBe(false);
  });
});

describe('The step after the first proof', () => {
  it('belongs to the browser that gave it, ends with it, and opens nothing twice', async () => {
    const person = await somebody();
    const { secret } = await addApp(person);
    const one = await halfway(person.email);
    const code = codeAt(secret);
    expect((await browser().signIn('step', { code })).error).toMatch(/once more/);
    const copy = browser();
    copy.jar.set('gloss-sign-in', one.jar.get('gloss-sign-in') as string);
    expect((await one.signIn('step', { code })).status).toBe(200);
    expect((await copy.signIn('step', { code: codeAt(secret, Date.now() + 30_000) })).status).toBe(401);
    expect(await isIn(copy)).toBe(false);
  });

  it('runs out', async () => {
    const person = await somebody();
    const { secret } = await addApp(person);
    const one = await halfway(person.email);
    await rows(
      "update sign_in_steps set expires = now() - interval '1 second' where user_id = $1",
      person.id,
    );
    expect((await one.signIn('step', { code: codeAt(secret) })).status).toBe(401);
  });

  it('keeps its secret out of addresses, scripts and the database', async () => {
    const person = await somebody();
    await addApp(person);
    const one = browser();
    const answer = await one.post('callback/credentials', { email: person.email, password: PASSWORD });
    const line = answer.headers.getSetCookie().find((cookie) => cookie.startsWith('gloss-sign-in=')) ?? '';
    expect(line).toMatch(/Max-Age=600; HttpOnly; SameSite=Lax/);
    const token = one.jar.get('gloss-sign-in') as string;
    expect(await answer.text()).not.toContain(token);
    expect(
      JSON.stringify(await rows('select * from sign_in_steps where user_id = $1', person.id)),
    ).not.toContain(token);
  });
});

describe('A recovery code', () => {
  it('stands in for a lost device once, however it is written', async () => {
    const person = await somebody();
    const { recoveryCodes } = await addApp(person);
    const code = ` ${(recoveryCodes[0] as string).toUpperCase().replace('-', ' ')}`;
    expect((await (await halfway(person.email)).signIn('step', { code })).status).toBe(200);
    expect((await (await halfway(person.email)).signIn('step', { code })).status).toBe(401);
    expect(await ask('factor.list', person)).toMatchObject({ recoveryCodesLeft: 9 });
    expect(await typesOf(person.id)).toContain('recovery-code.used');
  });

  it('of an older set works no more', async () => {
    const person = await somebody();
    const { recoveryCodes } = await addApp(person);
    const made = await ask<{ recoveryCodes: string[] }>('recovery-codes.renew', person);
    const old = await (await halfway(person.email)).signIn('step', { code: recoveryCodes[0] as string });
    expect(old.status).toBe(401);
    const one = await halfway(person.email);
    expect((await one.signIn('step', { code: made.recoveryCodes[9] as string })).status).toBe(200);
  });
});
