import '@/tests/support/test-environment';
import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/new-id';
import { hashToken, newToken } from '@/server/secret';
import { fingerprintOf } from '@/tests/support/fingerprint';
import { addPerson, addProject, ask, type Call, call, type Person } from '@/tests/support/instance';
import { database, owner, projectId } from '@/tests/support/one-project';

type Invitation = { id: string; uses: number; revoked: string | null; url?: string };
const here = (body?: unknown, more: Record<string, string> = {}): Call => ({
  params: { projectId, ...more },
  body,
});

/** A new invitation and the secret of its link. */
async function invite(body: object = {}): Promise<{ id: string; token: string }> {
  const made = await ask<Invitation>('invitation.create', owner, here({ role: 'reader', ...body }));
  return { id: made.id, token: made.url?.split('#')[1] ?? '' };
}

const accept = (person: Person, token: string) => call('invitation.accept', person, { body: { token } });
const usesOf = async (id: string) =>
  (await ask<{ items: Invitation[] }>('invitation.list', owner, here())).items.find((one) => one.id === id)
    ?.uses;
const count = async (statement: string, values: unknown[] = []) =>
  Number((await database.db.$client.query<{ count: string }>(statement, values)).rows[0]?.count);

/** From an address nobody else signs up from. */
let address = 0;
async function signUp(token: string, email = `${newId()}@example.org`): Promise<Response> {
  address += 1;
  return call('account.create', null, {
    body: { invitation: token, name: 'New', email, password: 'long enough 1' },
    headers: { 'x-gloss-ip': `203.0.113.${address}` },
  });
}

describe('An invitation link', () => {
  it('holds 32 random bytes behind #, is shown once, and only its hash is kept', async () => {
    const made = await ask<Invitation>('invitation.create', owner, here({ role: 'editor' }));
    const url = new URL(made.url ?? '');
    expect(url.search).toBe('');
    expect(Buffer.from(url.hash.slice(1), 'base64url').length).toBe(32);
    const listed = await (await call('invitation.list', owner, here())).text();
    expect(listed).not.toContain(url.hash.slice(1));
    const events = await (await call('event.list', owner, here())).text();
    expect(events).not.toContain(url.hash.slice(1));
    const hashes = await count('select count(*) from invitations where token_hash = $1', [
      hashToken(url.hash.slice(1)),
    ]);
    expect(hashes).toBe(1);
  });

  it('says what it leads to, and lets its person in with its role', async () => {
    const { id, token } = await invite({ role: 'annotator' });
    expect(await ask('invitation.look', null, { body: { token } })).toMatchObject({
      projectName: 'Story',
      teamName: 'Desk',
      role: 'annotator',
    });
    const guest = await addPerson(database, 'Guest');
    const response = await accept(guest, token);
    expect(await response.json()).toMatchObject({ id: projectId, role: 'annotator' });
    expect(await usesOf(id)).toBe(1);
    // A member stays what they are, and takes no use of it.
    expect((await accept(guest, token)).status).toBe(200);
    expect((await accept(owner, token)).status).toBe(200);
    expect(await usesOf(id)).toBe(1);
    expect(await ask('project.get', owner, here())).toMatchObject({ role: 'owner' });
  });

  it('never makes an owner', async () => {
    expect((await call('invitation.create', owner, here({ role: 'owner' }))).status).toBe(400);
  });

  it.each<[string, (id: string) => Promise<unknown>]>([
    ['used up', () => database.db.$client.query('update invitations set uses = max_uses')],
    [
      'expired',
      () => database.db.$client.query("update invitations set expires = now() - interval '1 second'"),
    ],
    ['revoked', (id) => ask('invitation.revoke', owner, here(undefined, { invitationId: id }))],
  ])('lets nobody in once it is %s, and looks like one that never was', async (_, end) => {
    const { id, token } = await invite();
    await end(id);
    const guest = await addPerson(database, 'Guest');
    const before = await fingerprintOf(database);
    const messages = new Set<string>();
    for (const secret of [token, newToken()]) {
      for (const response of [
        await call('invitation.look', null, { body: { token: secret } }),
        await accept(guest, secret),
      ]) {
        expect(response.status).toBe(404);
        messages.add(((await response.json()) as { error: { message: string } }).error.message);
      }
      expect((await signUp(secret)).status).toBe(404);
    }
    expect(messages.size).toBe(1);
    expect(await fingerprintOf(database)).toBe(before);
  });

  it('lets as many in as it has uses, however many come at once', async () => {
    const { id, token } = await invite({ maxUses: 3 });
    const guests = await Promise.all(Array.from({ length: 10 }, () => addPerson(database, 'Guest')));
    const answers = await Promise.all(guests.map((guest) => accept(guest, token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(7);
    expect(await usesOf(id)).toBe(3);
    const members = await count(
      'select count(*) from project_members where project_id = $1 and user_id = any($2)',
      [projectId, guests.map(({ userId }) => userId)],
    );
    expect(members).toBe(3);
  });

  it('takes one use of a person who clicks twice', async () => {
    const { id, token } = await invite({ maxUses: 5 });
    const guest = await addPerson(database, 'Guest');
    await Promise.all(Array.from({ length: 4 }, () => accept(guest, token)));
    expect(await usesOf(id)).toBe(1);
  });

  it('signs up as many as it has uses, and leaves no account behind for the others', async () => {
    const { token } = await invite({ maxUses: 1 });
    const before = await count('select count(*) from users');
    const answers = await Promise.all([signUp(token), signUp(token), signUp(token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 404, 404]);
    expect((await count('select count(*) from users')) - before).toBe(1);
  });

  it('does not sign up an address that has an account, and takes no use of it', async () => {
    const { id, token } = await invite();
    const guest = await addPerson(database, 'Guest');
    expect((await signUp(token, guest.email.toUpperCase())).status).toBe(409);
    const email = `${newId()}@example.org`;
    const answers = await Promise.all([signUp(token, email), signUp(token, email)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await usesOf(id)).toBe(1);
  });

  it('cannot be made twice with one id, nor revoked back to life', async () => {
    const { id, token } = await invite();
    expect((await call('invitation.create', owner, here({ id, role: 'editor' }))).status).toBe(409);
    const revoke = () => ask<Invitation>('invitation.revoke', owner, here(undefined, { invitationId: id }));
    const first = await revoke();
    expect((await revoke()).revoked).toBe(first.revoked);
    expect((await call('invitation.look', null, { body: { token } })).status).toBe(404);
  });

  it('can be guessed at thirty times an hour from one address', async () => {
    const headers = { 'x-gloss-ip': '198.51.100.77' };
    const guess = () => call('invitation.look', null, { body: { token: newToken() }, headers });
    for (let nth = 0; nth < 30; nth++) expect((await guess()).status).toBe(404);
    const refused = await guess();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('The owners of a project', () => {
  it('are never none: the last one can neither leave nor be anything else', async () => {
    const alone = await addProject(database, owner);
    const params = { projectId: alone };
    const leave = { params, body: { userId: owner.userId } };
    expect((await call('member.remove', owner, leave)).status).toBe(409);
    const step = { params, body: { userId: owner.userId, role: 'editor' } };
    expect((await call('member.update', owner, step)).status).toBe(409);
  });

  it('are never none, even when the last two leave at once', async () => {
    const other = await addPerson(database, 'Other');
    const shared = await addProject(database, owner, { owner: other });
    const params = { projectId: shared };
    const answers = await Promise.all([
      call('member.remove', owner, { params, body: { userId: owner.userId } }),
      call('member.remove', other, { params, body: { userId: other.userId } }),
      call('member.update', owner, { params, body: { userId: other.userId, role: 'reader' } }),
    ]);
    expect(answers.some(({ status }) => status === 409 || status === 404)).toBe(true);
    const owners = await count(
      "select count(*) from project_members where project_id = $1 and role = 'owner'",
      [shared],
    );
    expect(owners).toBeGreaterThan(0);
  });
});

describe('Adding a member', () => {
  it('takes somebody with an account, once', async () => {
    const guest = await addPerson(database, 'Guest');
    const body = { email: ` ${guest.email.toUpperCase()} `, role: 'editor' };
    expect((await call('member.add', owner, here(body))).status).toBe(201);
    expect((await call('member.add', owner, here({ ...body, role: 'owner' }))).status).toBe(409);
    expect(await ask('project.get', guest, here())).toMatchObject({ role: 'editor' });
    const nobody = { email: 'nobody@example.org', role: 'reader' };
    expect((await call('member.add', owner, here(nobody))).status).toBe(404);
  });
});
