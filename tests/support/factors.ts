import './test-environment';
import { Secret, TOTP } from 'otpauth';
import { expect } from 'vitest';
import { newId } from '@/lib/new-id';
import { addUser } from '@/server/people';
import type { TestDatabase } from '@/tests/support/database';
import { ask, call, openSession } from '@/tests/support/instance';
import { SoftPasskey } from '@/tests/support/passkey';
import { Browser } from '@/tests/support/sign-in';

export const PASSWORD = 'correct horse battery';

let count = 0;
/** A browser at an address that nobody else uses. */
export function browser(): Browser {
  count += 1;
  return new Browser(`198.51.100.${count}`);
}

/** The code that an app shows at a time (ms). */
export const codeAt = (secret: string, timestamp = Date.now()) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });
export const isIn = async (one: Browser) => (await call('me', { cookie: one.session })).status === 200;

/** The rows of a query. */
export async function rowsOf({ db }: TestDatabase, text: string, ...given: unknown[]) {
  return (await db.$client.query<Record<string, unknown>>(text, given)).rows;
}

export type Options = { challenge: string; user?: unknown; allowCredentials?: { id: string }[] };
export type Somebody = { id: string; name: string; email: string; cookie: string };

/** Somebody with a password, signed in, who typed it once more. */
export async function addSomebody({ db }: TestDatabase): Promise<Somebody> {
  const person = await addUser({ email: `${newId()}@example.org`, name: 'Ada', password: PASSWORD });
  const { cookie } = await openSession(db, person.id);
  await ask('proof.give', { cookie }, { body: { password: PASSWORD } });
  return { ...person, cookie };
}

/** Adds an app; its first code is of the step before, so that the one of now is left. */
export async function addApp({ cookie }: Somebody) {
  const { secret } = await ask<{ secret: string }>('authenticator.begin', { cookie });
  const body = { code: codeAt(secret, Date.now() - 30_000) };
  const { recoveryCodes } = await ask<{ recoveryCodes: string[] }>(
    'authenticator.confirm',
    { cookie },
    { body },
  );
  return { secret, recoveryCodes };
}

/** Adds a passkey. */
export async function addPasskey({ cookie }: Somebody, passkey = new SoftPasskey(), name = 'Laptop') {
  const options = await ask<Options>('passkey.begin', { cookie });
  const body = { name, credential: passkey.create(options) };
  const made = await ask<{ recoveryCodes: string[] | null }>('passkey.add', { cookie }, { body });
  return { ...made, passkey };
}

/** Gives the password, which is not enough any more. */
export async function halfway(email: string): Promise<Browser> {
  const one = browser();
  const answer = await one.signIn('credentials', { email, password: PASSWORD });
  expect(answer).toEqual({ status: 401, error: 'NextStep', retryAfter: null });
  expect(one.session).toBe(undefined);
  return one;
}

/** What a browser that is signing in is asked to sign. */
export async function challengeFor(one: Browser): Promise<Options> {
  const cookie = one.jar.get('gloss-sign-in');
  const answer = await call('sign-in.passkey', null, {
    headers: { 'x-gloss-ip': one.ip, ...(cookie ? { cookie: `gloss-sign-in=${cookie}` } : {}) },
  });
  const [, token] = /gloss-sign-in=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '') ?? [];
  one.jar.set('gloss-sign-in', token as string);
  return (await answer.json()) as Options;
}

/** Hands a passkey's answer in, as a step or alone. */
export const withPasskey = (one: Browser, way: 'step' | 'passkey', answer: unknown) =>
  one.signIn(way, { passkey: JSON.stringify(answer) });
