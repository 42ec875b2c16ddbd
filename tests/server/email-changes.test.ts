import '@/tests/support/test-environment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setEnv } from '@/env';
import { newId } from '@/lib/new-id';
import type { TestDatabase } from '@/tests/support/database';
import { addPerson, ask, call, openInstance, type Person } from '@/tests/support/instance';
import { linkIn, type Mailbox, openMailbox } from '@/tests/support/mailbox';

let database: TestDatabase;
let mailbox: Mailbox;

beforeAll(async () => {
  mailbox = await openMailbox();
  setEnv({ SMTP_URL: mailbox.url });
  database = await openInstance();
});
afterAll(async () => {
  setEnv({ SMTP_URL: '' });
  await mailbox.close();
  await database.end();
});

const newAddress = () => `${newId()}@example.org`;

/** Asks for another address, and answers the secret that was mailed to it. */
async function askFor(person: Person, email: string): Promise<string> {
  const before = mailbox.mails.length;
  const me = await ask('me.update', person, { body: { email } });
  expect(me).toMatchObject({ email: person.email, unconfirmedEmail: email });
  const link = linkIn(await mailbox.next(email, before));
  expect(link).toMatch(/^http:\/\/gloss\.test\/confirm-email#[\w-]{43}$/);
  return link.split('#')[1] ?? '';
}
const confirm = (token: string) => call('email.confirm', null, { body: { token } });

describe('Another address for an account', () => {
  it('is taken once it is confirmed from its mailbox; until then the old one stays, and is told', async () => {
    const ada = await addPerson(database, 'Ada');
    const email = newAddress();
    const token = await askFor(ada, email);
    expect(await ask('me', ada)).toMatchObject({ email: ada.email, unconfirmedEmail: email });
    expect((await mailbox.next(ada.email)).text).not.toContain(token);
    expect((await confirm(token)).status).toBe(200);
    expect(await ask('me', ada)).toMatchObject({ email, unconfirmedEmail: null });
    expect((await confirm(token)).status).toBe(404);
  });

  it('is the one asked for last', async () => {
    const ada = await addPerson(database, 'Ada');
    const [first, second] = [newAddress(), newAddress()];
    const old = await askFor(ada, first);
    const token = await askFor(ada, second);
    expect((await confirm(old)).status).toBe(404);
    await confirm(token);
    expect(await ask('me', ada)).toMatchObject({ email: second });
  });

  it('is not taken when the link has expired, or was never made', async () => {
    const ada = await addPerson(database, 'Ada');
    const token = await askFor(ada, newAddress());
    await database.db.$client.query('update email_changes set expires = now() where user_id = $1', [
      ada.userId,
    ]);
    for (const given of [token, 'x'.repeat(43), '']) expect((await confirm(given)).status).toBe(404);
    expect(await ask('me', ada)).toMatchObject({ email: ada.email, unconfirmedEmail: null });
  });

  it('is not taken from somebody who got it meanwhile', async () => {
    const [ada, ben] = [await addPerson(database, 'Ada'), await addPerson(database, 'Ben')];
    const email = newAddress();
    const [mine, theirs] = [await askFor(ada, email), await askFor(ben, email)];
    expect((await confirm(theirs)).status).toBe(200);
    expect((await confirm(mine)).status).toBe(409);
    expect(await ask('me', ada)).toMatchObject({ email: ada.email });
  });

  it('is set at once where no mail is sent', async () => {
    setEnv({ SMTP_URL: '' });
    try {
      const ada = await addPerson(database, 'Ada');
      const email = newAddress();
      expect(await ask('me.update', ada, { body: { email } })).toMatchObject({
        email,
        unconfirmedEmail: null,
      });
    } finally {
      setEnv({ SMTP_URL: mailbox.url });
    }
  });

  it('is not kept when the mail could not be sent, and that is said', async () => {
    setEnv({ SMTP_URL: 'smtp://127.0.0.1:1' });
    try {
      const ada = await addPerson(database, 'Ada');
      expect((await call('me.update', ada, { body: { email: newAddress() } })).status).toBe(503);
      expect(await ask('me', ada)).toMatchObject({ email: ada.email });
    } finally {
      setEnv({ SMTP_URL: mailbox.url });
    }
  });
});
