import '@/tests/support/test-environment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '@/tests/support/database';
import {
  addApp,
  addPasskey,
  addSomebody,
  browser,
  challengeFor,
  halfway,
  isIn,
  type Options,
  type Somebody,
  withPasskey,
} from '@/tests/support/factors';
import { ask, call, openInstance } from '@/tests/support/instance';
import { SoftPasskey } from '@/tests/support/passkey';

let database: TestDatabase;

beforeAll(async () => {
  database = await openInstance();
});
afterAll(() => database.end());

const somebody = () => addSomebody(database);

describe('A passkey', () => {
  it('signs in alone, without a name or a password', async () => {
    const person = await somebody();
    const { passkey, recoveryCodes } = await addPasskey(person);
    expect(recoveryCodes).toHaveLength(10);
    const one = browser();
    const options = await challengeFor(one);
    expect(options.allowCredentials ?? []).toEqual([]);
    expect(await withPasskey(one, 'passkey', passkey.sign(options))).toMatchObject({ status: 200 });
    expect(await ask('me', { cookie: one.session })).toMatchObject({ id: person.id });
  });

  it('is a second factor after the password, with or without a finger; several are told apart by name', async () => {
    const person = await somebody();
    const { passkey } = await addPasskey(person);
    const other = await addPasskey(person, new SoftPasskey(), 'Key on the ring');
    expect(other.recoveryCodes).toBe(null);
    await ask('passkey.rename', person, { body: { id: other.passkey.id, name: 'Safe' } });
    const list = await ask<{ passkeys: { name: string }[] }>('factor.list', person);
    expect(list.passkeys.map(({ name }) => name)).toEqual(['Laptop', 'Safe']);
    const one = await halfway(person.email);
    const options = await challengeFor(one);
    expect(options.allowCredentials?.map(({ id }) => id).sort()).toEqual(
      [passkey.id, other.passkey.id].sort(),
    );
    const answer = other.passkey.sign(options, { verified: false });
    expect(await withPasskey(one, 'step', answer)).toMatchObject({ status: 200 });
    expect(await isIn(one)).toBe(true);
  });

  const LIES = {
    'another page’s origin': { origin: 'http://gloss.test.evil.test' },
    'another instance’s name': { rpId: 'evil.test' },
    'nobody’s finger, face or PIN': { verified: false },
    'another challenge': { challenge: Buffer.alloc(32).toString('base64url') },
    'a count that went back': { count: 1 },
  } as const;
  it.each(Object.entries(LIES))('that signs %s is refused', async (_, lies) => {
    const person = await somebody();
    const { passkey } = await addPasskey(person);
    for (let use = 0; use < 2; use++) {
      const before = browser();
      expect((await withPasskey(before, 'passkey', passkey.sign(await challengeFor(before)))).status).toBe(
        200,
      );
    }
    const one = browser();
    const answer = await withPasskey(one, 'passkey', passkey.sign(await challengeFor(one), lies));
    expect(answer.status).toBe(401);
    expect(await isIn(one)).toBe(false);
  });

  it('signs a challenge once, for the browser that asked for it', async () => {
    const person = await somebody();
    const { passkey } = await addPasskey(person);
    const [one, other] = [browser(), browser()];
    const [options] = [await challengeFor(one), await challengeFor(other)];
    expect((await withPasskey(other, 'passkey', passkey.sign(options))).status).toBe(401);
    const signed = passkey.sign(options);
    expect((await withPasskey(one, 'passkey', signed)).status).toBe(200);
    one.jar.delete('gloss-session');
    expect((await withPasskey(one, 'passkey', signed)).status).toBe(401);
  });

  it('of somebody else, or of nobody, is no second factor', async () => {
    const [person, stranger] = [await somebody(), await somebody()];
    await addApp(person);
    const { passkey } = await addPasskey(stranger);
    for (const key of [passkey, new SoftPasskey()]) {
      const one = await halfway(person.email);
      expect((await withPasskey(one, 'step', key.sign(await challengeFor(one)))).status).toBe(401);
    }
  });

  it('is added only by the session that asked for it, once, and after its owner was verified', async () => {
    const [person, other] = [await somebody(), await somebody()];
    const options = await ask<Options>('passkey.begin', person);
    const add = (who: Somebody, credential: unknown) =>
      call('passkey.add', who, { body: { name: 'Key', credential } });
    const passkey = new SoftPasskey();
    expect((await add(other, passkey.create(options))).status).toBe(401);
    expect((await add(person, passkey.create(options, { verified: false }))).status).toBe(401);
    const again = await ask<Options>('passkey.begin', person);
    const credential = passkey.create(again);
    expect((await add(person, credential)).status).toBe(201);
    expect((await add(person, credential)).status).toBe(401);
    const theirs = await ask<Options>('passkey.begin', other);
    expect((await add(other, passkey.create(theirs))).status).toBe(409);
  });
});
