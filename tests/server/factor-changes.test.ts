import '@/tests/support/test-environment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endSessions } from '@/db/people';
import { setEnv } from '@/env';
import { newId } from '@/lib/new-id';
import { resetFactors } from '@/server/factors/reset-factors';
import { addUser } from '@/server/people';
import type { TestDatabase } from '@/tests/support/database';
import {
  addApp,
  addPasskey,
  addSomebody,
  browser,
  codeAt,
  halfway,
  type Options,
  PASSWORD,
  rowsOf,
} from '@/tests/support/factors';
import { ask, call, openInstance, openSession } from '@/tests/support/instance';
import { openMailbox } from '@/tests/support/mailbox';
import { until } from '@/tests/support/socket';

let database: TestDatabase;

/** What waits for a row that another transaction holds. */
const WAITING =
  "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";

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

describe('Another address or password', () => {
  it.each([
    ['address', () => ({ email: `${newId()}@example.org` })],
    ['password', () => ({ password: 'a new long password' })],
  ])('asks who has a second factor for that too, beside the password: %s', async (_, change) => {
    const person = await somebody();
    const { secret } = await addApp(person);
    const { cookie } = await openSession(database.db, person.id);
    const update = (currentPassword: string) =>
      call('me.update', { cookie }, { body: { ...change(), currentPassword } });
    expect((await update('not the password')).status).toBe(400);
    const before = await rows('select email, password_hash from users where id = $1', person.id);
    const refused = await update(PASSWORD);
    expect(refused.status).toBe(403);
    expect(((await refused.json()) as { error: { details: object } }).error.details).toEqual({
      reason: 'prove-again',
      how: 'factor',
    });
    expect(await rows('select email, password_hash from users where id = $1', person.id)).toEqual(before);
    await ask('proof.give', { cookie }, { body: { code: codeAt(secret) } });
    expect((await update('not the password')).status).toBe(400);
    expect((await update(PASSWORD)).status).toBe(200);
    expect(await rows('select email, password_hash from users where id = $1', person.id)).not.toEqual(before);
  });

  it('asks who has none for the password alone, and a new name for nothing', async () => {
    const person = await somebody();
    const { cookie } = await openSession(database.db, person.id);
    const body = { password: 'a new long password', currentPassword: PASSWORD };
    expect((await call('me.update', { cookie }, { body })).status).toBe(200);
    const other = await somebody();
    await addApp(other);
    expect((await call('me.update', { cookie: other.cookie }, { body: { name: 'Ada L.' } })).status).toBe(
      200,
    );
  });
});

describe('An API token', () => {
  const makeToken = async (cookie: string) =>
    (await ask<{ token: string }>('token.create', { cookie }, { body: { name: 'script', scopes: ['read'] } }))
      .token;
  const opens = async (token: string) => (await call('me', { token, origin: null })).status === 200;

  it.each([
    ['an app', addApp],
    ['a passkey', addPasskey],
  ])(
    'from before a first factor ends with it, and one from after does not with the next: %s',
    async (_, addFirst) => {
      const person = await somebody();
      const early = await makeToken(person.cookie);
      expect(await opens(early)).toBe(true);
      await addFirst(person);
      expect(await opens(early)).toBe(false);
      expect(await typesOf(person.id)).toContain('tokens.revoked');
      const late = await makeToken(person.cookie);
      await (addFirst === addApp ? addPasskey(person) : addApp(person));
      expect(await opens(late)).toBe(true);
    },
  );

  it('is not made by a session that a first factor ends in the same moment', async () => {
    const person = await somebody();
    const { cookie, sessionId } = await openSession(database.db, person.id);
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const { promise: held, resolve: hold } = Promise.withResolvers<void>();
    const ending = database.db.transaction(async (tx) => {
      await endSessions(tx, person.id, sessionId);
      hold();
      await ended;
    });
    await held;
    const asked = call('token.create', { cookie }, { body: { name: 'script', scopes: ['read'] } });
    await until(async () => (await rows(WAITING)).length > 0);
    end();
    await ending;
    expect((await asked).status).toBe(401);
    expect(await rows('select id from api_tokens where user_id = $1', person.id)).toEqual([]);
  });

  it('that was made while somebody had no factor any more ends with the next first one', async () => {
    const person = await somebody();
    await addApp(person);
    await ask('authenticator.remove', person);
    const between = await makeToken(person.cookie);
    await addPasskey(person);
    expect(await opens(between)).toBe(false);
  });
});

describe('A change of how somebody signs in that fails half-way', () => {
  /** Lets nothing be written into the account log of a person, and answers how to let it again. */
  async function breakLog(userId: string): Promise<() => Promise<unknown>> {
    const name = `broken_${newId().replaceAll('-', '')}`;
    await rows(
      `create function ${name}() returns trigger language plpgsql as $$ begin
        if new.user_id = '${userId}' then raise exception 'The log is full'; end if; return new; end $$`,
    );
    await rows(
      `create trigger ${name} before insert on account_events for each row execute function ${name}()`,
    );
    return () => rows(`drop function ${name} cascade`);
  }
  /** All that such a change touches. */
  const standing = async (userId: string) =>
    Promise.all(
      [
        'select user_id from authenticators where user_id = $1 and sealed is not null',
        'select id from passkeys where user_id = $1 order by id',
        'select code_hash from recovery_codes where user_id = $1 order by code_hash',
        'select id, ended from sessions where user_id = $1 order by id',
        'select id, revoked from api_tokens where user_id = $1 order by id',
        'select type from account_events where user_id = $1 order by id',
      ].map((text) => rows(text, userId)),
    );

  it.each<
    [
      what: string,
      before: boolean,
      change: (person: Awaited<ReturnType<typeof somebody>>) => Promise<unknown>,
    ]
  >([
    ['a first app', false, addApp],
    ['a first passkey', false, addPasskey],
    ['an app that is taken away', true, (person) => ask('authenticator.remove', person)],
    ['new recovery codes', true, (person) => ask('recovery-codes.renew', person)],
  ])('leaves neither the factor nor the end of sessions and tokens: %s', async (_, before, change) => {
    const person = await somebody();
    if (before) await addApp(person);
    await openSession(database.db, person.id);
    await ask('token.create', person, { body: { name: 'script', scopes: ['read'] } });
    const was = await standing(person.id);
    const mend = await breakLog(person.id);
    await expect(change(person)).rejects.toThrow('503');
    expect(await standing(person.id)).toEqual(was);
    await mend();
    await change(person);
    expect(await standing(person.id)).not.toEqual(was);
  });
});

describe('Changing how one signs in', () => {
  const CHANGES = [
    ['authenticator.begin', {}],
    ['authenticator.remove', {}],
    ['passkey.begin', {}],
    ['passkey.remove', { id: 'x' }],
    ['recovery-codes.renew', {}],
  ] as const;

  it('asks for the password once more, or for a factor where there is one, and for neither from a token', async () => {
    const person = await somebody();
    const { secret } = await addApp(person);
    const { passkey } = await addPasskey(person);
    const { cookie } = await openSession(database.db, person.id);
    for (const [operation, body] of CHANGES) {
      const answer = await call(operation, { cookie }, { body });
      expect(answer.status, operation).toBe(403);
      const { error } = (await answer.json()) as { error: { details: object } };
      expect(error.details, operation).toEqual({ reason: 'prove-again', how: 'factor' });
    }
    const prove = (body: object) => call('proof.give', { cookie }, { body });
    expect((await prove({ password: PASSWORD })).status).toBe(400);
    expect((await prove({ code: '000000' })).status).toBe(400);
    expect((await prove({ code: codeAt(secret) })).status).toBe(200);
    await ask('authenticator.begin', { cookie });
    await rows("update sessions set proved = now() - interval '11 minutes' where user_id = $1", person.id);
    expect((await call('authenticator.begin', { cookie })).status).toBe(403);
    const options = await ask<Options>('proof.begin', { cookie });
    expect((await prove({ passkey: passkey.sign(options) })).status).toBe(200);
    await ask('authenticator.begin', { cookie });
  });

  it('asks whoever has neither to have signed in within ten minutes', async () => {
    const { id } = await addUser({ email: `${newId()}@example.org` });
    const { cookie } = await openSession(database.db, id);
    await ask('authenticator.begin', { cookie });
    await rows("update sessions set created = now() - interval '11 minutes' where user_id = $1", id);
    const answer = await call('authenticator.begin', { cookie });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toMatch(/Sign out and in again/);
  });

  it('ends all other sessions and sign-ins that stand half-way, and is written down', async () => {
    const person = await somebody();
    const other = await openSession(database.db, person.id);
    const { secret } = await addApp(person);
    expect((await call('me', other)).status).toBe(401);
    expect((await call('me', person)).status).toBe(200);
    const waiting = await halfway(person.email);
    const { passkey } = await addPasskey(person);
    expect((await waiting.signIn('step', { code: codeAt(secret) })).status).toBe(401);
    await ask('passkey.remove', person, { body: { id: passkey.id } });
    await ask('authenticator.remove', person);
    expect(await typesOf(person.id)).toEqual([
      'authenticator.added',
      'passkey.added',
      'passkey.removed',
      'authenticator.removed',
    ]);
    expect(await ask('factor.list', person)).toMatchObject({ recoveryCodesLeft: 0, proof: 'password' });
    expect((await browser().signIn('credentials', { email: person.email, password: PASSWORD })).status).toBe(
      200,
    );
  });

  it('by whoever runs the instance takes all factors off, ends all sessions, and is in the audit', async () => {
    const person = await somebody();
    await addApp(person);
    await addPasskey(person);
    expect(await resetFactors(person.email)).toEqual({ authenticator: true, passkeys: 1 });
    expect((await call('me', person)).status).toBe(401);
    expect((await browser().signIn('credentials', { email: person.email, password: PASSWORD })).status).toBe(
      200,
    );
    expect(
      await rows(
        "select details from audit_entries where act = 'account.factors.reset' and actor_id = $1",
        person.id,
      ),
    ).toEqual([{ details: { by: 'operator', authenticator: true, passkeys: 1 } }]);
  });

  it('is told to its owner by mail, each change and each recovery code that was used', async () => {
    const mailbox = await openMailbox();
    setEnv({ SMTP_URL: mailbox.url });
    try {
      const person = await somebody();
      const { recoveryCodes } = await addApp(person);
      await addPasskey(person);
      await ask('authenticator.remove', person);
      const one = await halfway(person.email);
      expect((await one.signIn('step', { code: recoveryCodes[0] as string })).status).toBe(200);
      await resetFactors(person.email);
      const subjects = () => mailbox.mails.map(({ headers }) => headers.get('subject')).sort();
      await until(() => subjects().length === 5);
      expect(subjects()).toEqual([
        'A passkey was added to your Gloss account',
        'A recovery code of your Gloss account was used',
        'An authenticator app was added to your Gloss account',
        'The authenticator app was taken off your Gloss account',
        'The second factors of your Gloss account were taken away',
      ]);
      for (const { to, text } of mailbox.mails) {
        expect(to).toEqual([person.email]);
        expect(text).toMatch(/If it was not you/);
        for (const code of recoveryCodes) expect(text).not.toContain(code);
      }
    } finally {
      setEnv({ SMTP_URL: '' });
      await mailbox.close();
    }
  });
});
