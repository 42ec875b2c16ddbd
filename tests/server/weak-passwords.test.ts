import '@/tests/support/test-environment';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateUser } from '@/db/people';
import { setEnv } from '@/env';
import { newId } from '@/lib/new-id';
import { createInvitation } from '@/server/members';
import { hashPassword } from '@/server/password-hash';
import { addUser } from '@/server/people';
import type { TestDatabase } from '@/tests/support/database';
import { addApp, addSomebody, browser, codeAt, isIn, PASSWORD } from '@/tests/support/factors';
import { addPerson, addProject, call, grantOf, openInstance, openSession } from '@/tests/support/instance';

const COMMON = '1qaz2wsx3edc';
let database: TestDatabase;

beforeAll(async () => {
  const list = join(await mkdtemp(join(tmpdir(), 'gloss-')), 'list.txt');
  await writeFile(list, 'Our Old House Password\r\n\n');
  setEnv({ COMMON_PASSWORDS_FILE: list });
  database = await openInstance();
});
afterAll(() => database.end());

/** Somebody whose password is on the list, from before there was one. */
async function fromBefore() {
  const person = await addUser({ email: `${newId()}@example.org`, name: 'Ada' });
  await updateUser(database.db, person.id, { passwordHash: await hashPassword(COMMON) });
  return person;
}

describe('A password that breaches hold often', () => {
  it.each([COMMON, 'Manchester20', 'our old house password'])(
    'is refused at sign-up and at a change, in words that say what to do: %s',
    async (password) => {
      const owner = await addPerson(database, 'Owner');
      const projectId = await addProject(database, owner);
      const { url } = await createInvitation(grantOf(owner, projectId), {
        role: 'reader',
        days: 7,
        maxUses: 5,
      });
      const email = `${newId()}@example.org`;
      const body = { invitation: url?.split('#')[1] ?? '', name: 'New', email, password };
      const { cookie } = await openSession(database.db, owner.userId);
      for (const refused of [
        await call('account.create', null, { body }),
        await call('me.update', { cookie }, { body: { password } }),
      ]) {
        expect(refused.status).toBe(400);
        expect(await refused.text()).toMatch(/common.*Choose another/);
      }
      const made = await call('account.create', null, { body: { ...body, password: PASSWORD } });
      expect(made.status).toBe(201);
    },
  );

  it('is refused to whoever adds people at the terminal', async () => {
    await expect(addUser({ email: `${newId()}@example.org`, password: COMMON })).rejects.toThrow(/common/);
  });

  it('from before is to be changed at the next sign-in, which opens no session until then', async () => {
    const { email, id } = await fromBefore();
    const other = await openSession(database.db, id);
    const one = browser();
    expect(await one.signIn('credentials', { email, password: COMMON })).toMatchObject({ error: 'NextStep' });
    expect(await isIn(one)).toBe(false);
    for (const password of ['short', COMMON, 'abcdefghijkl'])
      expect((await one.signIn('step', { password })).status).toBe(401);
    expect((await one.signIn('step', {})).error).toBe('NextStep');
    expect((await one.signIn('step', { password: 'four words of mine' })).status).toBe(200);
    expect(await isIn(one)).toBe(true);
    expect((await call('me', other)).status).toBe(401);
    const again = browser();
    expect((await again.signIn('credentials', { email, password: COMMON })).error).toMatch(/do not fit/);
    expect((await again.signIn('credentials', { email, password: 'four words of mine' })).status).toBe(200);
  });

  it('from before is changed after the second factor, not instead of it', async () => {
    const person = await addSomebody(database);
    const { secret } = await addApp(person);
    await updateUser(database.db, person.id, { passwordHash: await hashPassword(COMMON) });
    const one = browser();
    await one.signIn('credentials', { email: person.email, password: COMMON });
    expect((await one.signIn('step', { password: 'four words of mine' })).status).toBe(401);
    expect((await one.signIn('step', { code: codeAt(secret) })).error).toBe('NextStep');
    expect(await isIn(one)).toBe(false);
    expect((await one.signIn('step', { password: 'four words of mine' })).status).toBe(200);
    expect(await isIn(one)).toBe(true);
  });
});
