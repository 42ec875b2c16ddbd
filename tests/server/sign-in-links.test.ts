import '@/tests/support/test-environment';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setEnv } from '@/env';
import { newId } from '@/lib/new-id';
import { addUser } from '@/server/people';
import { makeSignInLink } from '@/server/sign-in-links';
import type { TestDatabase } from '@/tests/support/database';
import { ask, call, openInstance } from '@/tests/support/instance';
import { linkIn, type Mailbox, openMailbox } from '@/tests/support/mailbox';
import { Browser } from '@/tests/support/sign-in';

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

const somebody = () => addUser({ email: `${newId()}@example.org`, name: 'Ada' });
const secretOf = (link: string) => link.split('#')[1] ?? '';

/** Each from an address of its own, unless told. */
let count = 0;
const elsewhere = () => ({ 'x-gloss-ip': `198.51.100.${count++}` });
const request = (email: string, headers = elsewhere()) =>
  call('sign-in.link', null, { body: { email }, headers });

/** Every mail that was asked for has arrived once this one has: they are sent in the order they were asked for. */
async function settled(): Promise<void> {
  const last = await somebody();
  const before = mailbox.mails.length;
  await request(last.email);
  await mailbox.next(last.email, before);
}

describe('A sign-in link by mail', () => {
  it('goes to the address of the account, and signs in once', async () => {
    const person = await somebody();
    expect((await request(person.email)).status).toBe(202);
    const mail = await mailbox.next(person.email);
    expect(mail.to).toEqual([person.email]);
    expect(mail.headers.get('to')).toBe(person.email);
    const link = linkIn(mail);
    expect(link).toMatch(/^http:\/\/gloss\.test\/sign-in\/link#[\w-]{43}$/);
    const token = secretOf(link);
    const whose = await ask('sign-in.look', null, { body: { token }, headers: elsewhere() });
    expect(whose).toEqual({ name: 'Ada', email: person.email });
    const one = new Browser('203.0.113.1');
    expect((await one.signIn('link', { token })).status).toBe(200);
    expect(await ask('me', { cookie: one.session })).toMatchObject(person);
    const again = new Browser('203.0.113.2');
    expect(await again.signIn('link', { token })).toMatchObject({ status: 401 });
    expect(again.session).toBe(undefined);
    expect((await call('sign-in.look', null, { body: { token }, headers: elsewhere() })).status).toBe(401);
  });

  it('is not used up by looking whose it is', async () => {
    const person = await somebody();
    await request(person.email);
    const token = secretOf(linkIn(await mailbox.next(person.email)));
    for (let look = 0; look < 3; look++) {
      await ask('sign-in.look', null, { body: { token }, headers: elsewhere() });
    }
    expect((await new Browser('203.0.113.3').signIn('link', { token })).status).toBe(200);
  });

  it('does not work when it has expired, and is then nobody’s', async () => {
    const person = await somebody();
    await request(person.email);
    const token = secretOf(linkIn(await mailbox.next(person.email)));
    await database.db.$client.query('update sign_in_links set expires = now() where user_id = $1', [
      person.id,
    ]);
    expect((await call('sign-in.look', null, { body: { token }, headers: elsewhere() })).status).toBe(401);
    expect((await new Browser('203.0.113.4').signIn('link', { token })).status).toBe(401);
  });

  it('is promised to anybody and sent to nobody who has no account', async () => {
    const person = await somebody();
    const [known, unknown] = [await request(person.email), await request(`${newId()}@example.org`)];
    expect(unknown.status).toBe(known.status);
    expect(await unknown.text()).toBe(await known.text());
    await settled();
    expect(mailbox.mails.filter(({ to }) => to.includes(person.email))).toHaveLength(1);
    expect(mailbox.mails.flatMap(({ to }) => to).every((to) => to.endsWith('@example.org'))).toBe(true);
    const { rows } = await database.db.$client.query('select email from users');
    const accounts = new Set(rows.map(({ email }) => email));
    expect(mailbox.mails.flatMap(({ to }) => to).filter((to) => !accounts.has(to))).toEqual([]);
  });

  it('is promised before any mail is sent, so that the time tells nothing', async () => {
    const person = await somebody();
    // A server that takes a connection and never answers.
    const deaf = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(deaf, 'listening');
    const { port } = deaf.address() as { port: number };
    setEnv({ SMTP_URL: `smtp://127.0.0.1:${port}` });
    try {
      expect((await request(person.email)).status).toBe(202);
    } finally {
      setEnv({ SMTP_URL: mailbox.url });
      deaf.close();
    }
  });

  it.each([
    'ada@example.org\r\nBcc: evil@example.net',
    'ada@example.org\nSubject: x',
    'ada@example.org, evil@example.net',
    'ada@example.org;evil@example.net',
    '"ada@example.org" <evil@example.net>',
    'evil@example.net>ada@example.org',
    'ada@example.org\0',
    'ada @example.org',
    'ada@@example.org',
    'ada@example.org@example.net',
  ])('is refused for what is more than one address: %j', async (email) => {
    expect((await request(email)).status).toBe(400);
    await settled();
    expect(mailbox.mails.flatMap(({ to }) => to).filter((to) => /^ada@|evil/.test(to))).toEqual([]);
  });

  it.each([
    ['a Cyrillic а', 'ad\u0430@example.org'],
    ['a Cyrillic е in the host', 'ada@\u0435xample.org'],
    ['a dotless ı', 'ada@ex\u0131mple.org'],
    ['a Greek omicron', 'ada@example.\u03bfrg'],
    ['an invisible joiner', 'ada\u200d@example.org'],
    ['a right-to-left override', 'ada\u202e@example.org'],
    ['a soft hyphen', 'a\u00adda@example.org'],
  ])('is refused for an address that only looks like one: %s', async (_, email) => {
    expect((await request(email)).status).toBe(400);
  });

  it('goes to the account’s own address, however the request spelt it', async () => {
    const email = `kim-${newId()}@example.org`;
    await addUser({ email, name: 'Kim' });
    // A Kelvin sign and full width letters fold into plain ones; the mail must not go where they would lead.
    await request(email.replace('k', '\u212a').replace('example', 'ｅxample'));
    expect((await mailbox.next(email)).to).toEqual([email]);
  });

  it('carries nothing of a name into its headers, and no name is more than a line', async () => {
    const change = { name: 'Ada\r\nBcc: evil@example.net' };
    const person = await somebody();
    await request(person.email);
    const one = new Browser('203.0.113.5');
    await one.signIn('link', { token: secretOf(linkIn(await mailbox.next(person.email))) });
    expect((await call('me.update', { cookie: one.session }, { body: change })).status).toBe(400);
    const mail = await mailbox.next(person.email);
    expect(mail.headers.has('bcc')).toBe(false);
    expect(mail.headers.get('subject')).toBe('Sign in to Gloss');
  });

  it('is mailed five times an hour to one address, and asked for thirty times from one', async () => {
    const person = await somebody();
    const answers: number[] = [];
    for (let nth = 0; nth < 6; nth++) answers.push((await request(person.email)).status);
    expect(answers).toEqual([202, 202, 202, 202, 202, 429]);
    const here = { 'x-gloss-ip': '203.0.113.77' };
    const tries = [];
    for (let nth = 0; nth < 31; nth++) tries.push((await request(`${newId()}@example.org`, here)).status);
    expect(tries.filter((status) => status === 202)).toHaveLength(30);
    expect(tries.at(-1)).toBe(429);
  });

  it('that is right is not counted as a guess, so that a whole office can use theirs', async () => {
    for (let nth = 0; nth < 32; nth++) {
      const token = secretOf(await makeSignInLink((await somebody()).id, 15));
      const one = new Browser('203.0.113.88');
      expect((await one.signIn('link', { token })).status).toBe(200);
    }
  });
});
