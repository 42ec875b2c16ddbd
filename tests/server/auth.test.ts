import '@/tests/support/test-environment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSignInLink } from '@/db/mail-links';
import { setEnv } from '@/env';
import { newId } from '@/lib/new-id';
import { hashPassword } from '@/server/password-hash';
import { addUser, checkPassword } from '@/server/people';
import { hashToken, newToken } from '@/server/secret';
import { makeSignInLink } from '@/server/sign-in-links';
import type { TestDatabase } from '@/tests/support/database';
import { ask, call, openInstance } from '@/tests/support/instance';
import { Browser } from '@/tests/support/sign-in';

const PASSWORD = 'correct horse battery';
let database: TestDatabase;

beforeAll(async () => {
  database = await openInstance();
});
afterAll(() => database.end());

/** Somebody new with a password. */
async function somebody() {
  return addUser({ email: `${newId()}@example.org`, name: 'Ada', password: PASSWORD });
}

/** A browser at an address that nobody else uses. */
let count = 0;
function browser(): Browser {
  count += 1;
  return new Browser(`198.51.${count >> 8}.${count & 255}`);
}

const secretOf = (link: string) => link.split('#')[1] ?? '';
const isIn = async (one: Browser) => (await call('me', { cookie: one.session })).status === 200;

async function accountEvents(userId: string): Promise<{ type: string; ip: string | null }[]> {
  const { rows } = await database.db.$client.query<{ type: string; ip: string | null }>(
    'select type, ip from account_events where user_id = $1 order by id',
    [userId],
  );
  return rows;
}

describe('Signing in with a password', () => {
  it('opens a session that the API takes', async () => {
    const person = await somebody();
    const one = browser();
    expect(await one.signIn('credentials', { email: person.email, password: PASSWORD })).toEqual({
      status: 200,
      error: null,
      retryAfter: null,
    });
    expect(await ask('me', { cookie: one.session })).toMatchObject(person);
    const session = (await (await one.visit('session')).json()) as { user: { id: string } };
    expect(session.user.id).toBe(person.id);
    const { items } = await ask<{ items: object[] }>('session.list', { cookie: one.session });
    expect(items).toMatchObject([{ current: true, userAgent: 'Test browser' }]);
    expect(await accountEvents(person.id)).toEqual([{ type: 'sign-in', ip: one.ip }]);
  });

  it('keeps the cookie out of reach of scripts and other sites, and its value out of the database', async () => {
    const person = await somebody();
    const one = browser();
    const response = await one.post('callback/credentials', { email: person.email, password: PASSWORD });
    const cookie = response.headers.getSetCookie().find((line) => line.startsWith('gloss-session=')) ?? '';
    expect(cookie).toMatch(/; Path=\/(;|$)/);
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Lax/i);
    expect(cookie).not.toMatch(/Domain=/i);
    const value = one.session ?? '';
    expect(Buffer.from(value, 'base64url').length).toBe(32);
    const { rows } = await database.db.$client.query('select token_hash from sessions where user_id = $1', [
      person.id,
    ]);
    expect(rows).toEqual([{ token_hash: hashToken(value) }]);
  });

  it('binds the cookie to this very host behind https', async () => {
    setEnv({ GLOSS_URL: 'https://gloss.test' });
    try {
      const person = await somebody();
      const response = await browser().post('callback/credentials', {
        email: person.email,
        password: PASSWORD,
      });
      const lines = response.headers.getSetCookie();
      expect(lines.find((line) => line.startsWith('__Host-gloss-session='))).toMatch(/; Secure/);
      expect(lines.some((line) => line.startsWith('gloss-session='))).toBe(false);
    } finally {
      setEnv({ GLOSS_URL: 'http://gloss.test' });
    }
  });

  it('renews the session at each sign-in', async () => {
    const person = await somebody();
    const one = browser();
    await one.signIn('credentials', { email: person.email, password: PASSWORD });
    const first = one.session;
    await one.signIn('credentials', { email: person.email, password: PASSWORD });
    expect(one.session).not.toBe(first);
  });

  it('is refused without the form’s own token', async () => {
    const person = await somebody();
    const one = browser();
    await one.visit('callback/credentials', { email: person.email, password: PASSWORD, json: 'true' });
    expect(one.session).toBe(undefined);
  });

  it.each([
    '//evil.test',
    '/\\evil.test',
    'https://evil.test/x',
    'javascript:alert(1)',
    'http://gloss.test@evil.test',
    'http:evil.test',
  ])('never leads to another site: %s', async (callbackUrl) => {
    const person = await somebody();
    const form = { email: person.email, password: PASSWORD, callbackUrl };
    const response = await browser().post('callback/credentials', form);
    const { url } = (await response.json()) as { url: string };
    expect(new URL(url, 'http://gloss.test').origin).toBe('http://gloss.test');
  });

  it('says the same, after the same work, for a wrong password and an unknown account', async () => {
    const person = await somebody();
    const times: Record<'wrong' | 'unknown', number[]> = { wrong: [], unknown: [] };
    const attempt = async (email: string, kind: keyof typeof times) => {
      const began = performance.now();
      const answer = await browser().signIn('credentials', { email, password: 'not the password' });
      times[kind].push(performance.now() - began);
      return answer;
    };
    await attempt('warm-up@example.org', 'unknown');
    times.unknown.length = 0;
    for (let round = 0; round < 4; round++) {
      expect(await attempt(person.email, 'wrong')).toEqual(
        await attempt(`${newId()}@example.org`, 'unknown'),
      );
    }
    // The fastest of each: the others waited for this machine.
    const [wrong, unknown] = [Math.min(...times.wrong), Math.min(...times.unknown)];
    expect(Math.max(wrong, unknown) / Math.min(wrong, unknown)).toBeLessThan(2);
  });

  it('hashes passwords with argon2id, 19 MiB and 2 passes or more, each with its own salt', async () => {
    const [first, second] = [await hashPassword(PASSWORD), await hashPassword(PASSWORD)];
    const [, m, t, p] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(first)?.map(Number) ?? [];
    expect(m).toBeGreaterThanOrEqual(19_456);
    expect(t).toBeGreaterThanOrEqual(2);
    expect(p).toBeGreaterThanOrEqual(1);
    expect(first).not.toBe(second);
  });

  it('takes a password however its letters are composed', async () => {
    const email = `${newId()}@example.org`;
    await addUser({ email, password: 'caf\u00e9 au lait bien chaud' });
    await expect(
      checkPassword({ email, password: 'cafe\u0301 au lait bien chaud' }, null),
    ).resolves.toMatchObject({
      email,
    });
  });
});

describe('Too many failures', () => {
  it('close an account for a while after five, with 429 and when to come back, even for the right password', async () => {
    const person = await somebody();
    const { email } = person;
    // However it is written, it is one account.
    const spellings = [email, email.toUpperCase(), ` ${email}`, email.replace('@', '＠'), email];
    for (const spelling of spellings) {
      const answer = await browser().signIn('credentials', { email: spelling, password: 'wrong' });
      expect(answer).toMatchObject({ status: 401, retryAfter: null });
    }
    for (const password of ['wrong', PASSWORD]) {
      const answer = await browser().signIn('credentials', { email, password });
      expect(answer.status).toBe(429);
      expect(Number(answer.retryAfter)).toBeGreaterThan(600);
      expect(Number(answer.retryAfter)).toBeLessThanOrEqual(900);
    }
    expect((await accountEvents(person.id)).map(({ type }) => type)).toEqual(
      Array.from({ length: 5 }, () => 'sign-in.refused'),
    );
  });

  it('are said the same way of an account that does not exist', async () => {
    const email = `${newId()}@example.org`;
    for (let failure = 0; failure < 5; failure++) {
      expect((await browser().signIn('credentials', { email, password: 'wrong' })).status).toBe(401);
    }
    expect((await browser().signIn('credentials', { email, password: 'wrong' })).status).toBe(429);
  });

  it('are forgotten after the right password', async () => {
    const { email } = await somebody();
    for (let round = 0; round < 2; round++) {
      for (let failure = 0; failure < 4; failure++) {
        expect((await browser().signIn('credentials', { email, password: 'wrong' })).status).toBe(401);
      }
      expect((await browser().signIn('credentials', { email, password: PASSWORD })).status).toBe(200);
    }
  });

  it('close an address after twenty, whoever is tried, and no other address', async () => {
    const here = browser();
    for (let failure = 0; failure < 20; failure++) {
      const answer = await here.signIn('credentials', { email: `${newId()}@example.org`, password: 'x' });
      expect(answer.status).toBe(401);
    }
    const { email } = await somebody();
    expect((await here.signIn('credentials', { email, password: PASSWORD })).status).toBe(429);
    expect((await browser().signIn('credentials', { email, password: PASSWORD })).status).toBe(200);
  });
});

describe('A sign-in link', () => {
  it('works once', async () => {
    const person = await somebody();
    const token = secretOf(await makeSignInLink(person.id, 15));
    const one = browser();
    expect((await one.signIn('link', { token })).status).toBe(200);
    expect(await ask('me', { cookie: one.session })).toMatchObject(person);
    const again = browser();
    const refused = await again.signIn('link', { token });
    expect(refused.status).toBe(401);
    expect(refused.error).toMatch(/used already or has expired/);
    expect(again.session).toBe(undefined);
  });

  it('works for one of many who open it at once', async () => {
    const person = await somebody();
    const token = secretOf(await makeSignInLink(person.id, 15));
    const many = Array.from({ length: 8 }, browser);
    const answers = await Promise.all(many.map((one) => one.signIn('link', { token })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('does not work when it has expired, or was never made', async () => {
    const person = await somebody();
    const expired = newToken();
    await createSignInLink(database.db, { tokenHash: hashToken(expired), userId: person.id, minutes: -1 });
    for (const token of [expired, newToken(), '']) {
      const one = browser();
      expect((await one.signIn('link', { token })).status).toBe(401);
      expect(one.session).toBe(undefined);
    }
  });

  it('keeps its secret behind #, out of every log of addresses, and only its hash in the database', async () => {
    const person = await somebody();
    const link = await makeSignInLink(person.id, 15);
    expect(new URL(link).search).toBe('');
    const token = secretOf(link);
    expect(Buffer.from(token, 'base64url').length).toBe(32);
    const { rows } = await database.db.$client.query(
      'select token_hash from sign_in_links where user_id = $1',
      [person.id],
    );
    expect(rows).toEqual([{ token_hash: hashToken(token) }]);
  });

  it('can be guessed at thirty times an hour from one address', async () => {
    const here = browser();
    for (let guess = 0; guess < 30; guess++) {
      expect((await here.signIn('link', { token: newToken() })).status).toBe(401);
    }
    const answer = await here.signIn('link', { token: newToken() });
    expect(answer.status).toBe(429);
    expect(Number(answer.retryAfter)).toBeGreaterThan(0);
  });
});

describe('Signing out', () => {
  async function signedIn(person: { email: string }): Promise<Browser> {
    const one = browser();
    await one.signIn('credentials', { email: person.email, password: PASSWORD });
    return one;
  }

  it('ends this session, and its cookie works no more, kept or not', async () => {
    const person = await somebody();
    const [one, other] = [await signedIn(person), await signedIn(person)];
    const kept = one.session;
    await one.post('signout', { callbackUrl: '/sign-in' });
    expect(one.session).toBe(undefined);
    expect((await call('me', { cookie: kept })).status).toBe(401);
    expect(await isIn(other)).toBe(true);
  });

  it('can end one other session, or all of them', async () => {
    const person = await somebody();
    const [one, two, three] = await Promise.all([signedIn(person), signedIn(person), signedIn(person)]);
    const { items } = await ask<{ items: { id: string; current: boolean }[] }>('session.list', {
      cookie: two.session,
    });
    const id = items.find(({ current }) => current)?.id;
    await ask('session.end', { cookie: one.session }, { body: { id } });
    expect([await isIn(one), await isIn(two), await isIn(three)]).toEqual([true, false, true]);
    await ask('session.end', { cookie: one.session }, { body: {} });
    expect([await isIn(one), await isIn(two), await isIn(three)]).toEqual([false, false, false]);
  });

  it('never ends the session of somebody else', async () => {
    const [mine, theirs] = [await signedIn(await somebody()), await signedIn(await somebody())];
    const { items } = await ask<{ items: { id: string }[] }>('session.list', { cookie: theirs.session });
    await call('session.end', { cookie: mine.session }, { body: { id: items[0]?.id } });
    expect(await isIn(theirs)).toBe(true);
  });

  it('happens everywhere else when the password changes, which takes the old one', async () => {
    const person = await somebody();
    const [one, other] = [await signedIn(person), await signedIn(person)];
    const change = { password: 'a new long password' };
    expect((await call('me.update', { cookie: one.session }, { body: change })).status).toBe(400);
    const body = { ...change, currentPassword: PASSWORD };
    expect((await call('me.update', { cookie: one.session }, { body })).status).toBe(200);
    expect([await isIn(one), await isIn(other)]).toEqual([true, false]);
    const answer = await browser().signIn('credentials', { email: person.email, password: PASSWORD });
    expect(answer.status).toBe(401);
  });
});

describe('Proof that is none', () => {
  it.each([
    'Bearer %%',
    'Bearer',
    'Bearer ',
    'bearer x',
    `Bearer ${'x'.repeat(43)}`,
    `Bearer ${'x'.repeat(10_000)}`,
    'Basic YTpi',
    'Negotiate',
  ])('is answered with 401: Authorization %s', async (authorization) => {
    const response = await call('project.list', null, { headers: { authorization } });
    expect(response.status).toBe(401);
    expect(((await response.json()) as { error: { code: string } }).error.code).toBe('unauthenticated');
  });

  it.each(['%', '%%', '=', 'null', "' or 1=1 --", 'x'.repeat(4_000)])(
    'is answered with 401 by the API and with nobody by next-auth: cookie %s',
    async (cookie) => {
      expect((await call('project.list', { cookie })).status).toBe(401);
      const one = browser();
      one.jar.set('gloss-session', cookie);
      const response = await one.visit('session');
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({});
    },
  );

  it('is told from a session that has run out by nothing', async () => {
    const person = await somebody();
    const one = browser();
    await one.signIn('credentials', { email: person.email, password: PASSWORD });
    await database.db.$client.query('update sessions set expires = now() where user_id = $1', [person.id]);
    expect((await call('me', { cookie: one.session })).status).toBe(401);
  });
});
