import '@/tests/support/test-environment';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readEnv, setEnv } from '@/env';
import { newId } from '@/lib/new-id';
import { createInvitation } from '@/server/members';
import { addUser } from '@/server/people';
import type { TestDatabase } from '@/tests/support/database';
import { addApp, codeAt } from '@/tests/support/factors';
import { type IdentityProvider, openIdentityProvider, type Profile } from '@/tests/support/identity-provider';
import {
  addPerson,
  addProject,
  ask,
  grantOf,
  ORIGIN,
  openInstance,
  openSession,
} from '@/tests/support/instance';
import { Browser } from '@/tests/support/sign-in';

let database: TestDatabase;
let provider: IdentityProvider;

beforeAll(async () => {
  provider = await openIdentityProvider(`${ORIGIN}/api/auth/callback/oidc`);
  setEnv({
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
  });
  database = await openInstance();
});
beforeEach(() => {
  provider.discovery = {};
});
afterAll(async () => {
  setEnv({ OIDC_ISSUER: '', OIDC_CLIENT_ID: '', OIDC_CLIENT_SECRET: '' });
  await provider.close();
  await database.end();
});

type Way = { invitation?: string; there?: (url: URL) => void; back?: (url: URL) => void };

/** Signs in by the provider as this subject; the ways there and back may be tampered with. Answers where it ends. */
async function come(
  browser: Browser,
  subject: string,
  { invitation: token, there, back }: Way = {},
): Promise<URL> {
  const form = { callbackUrl: '/projects', ...(token ? { invitation: token } : {}) };
  const response = await browser.post('signin/oidc', form);
  const { url } = (await response.json()) as { url: string };
  const asked = new URL(url);
  there?.(asked);
  const answered = await provider.signIn(asked.href, subject);
  back?.(answered);
  return finish(browser, answered);
}

async function finish(browser: Browser, answered: URL): Promise<URL> {
  const response = await browser.visit(`callback/oidc${answered.search}`);
  return new URL(response.headers.get('location') ?? '', ORIGIN);
}

/** Somebody the provider knows. */
function known(profile: Profile = {}): { subject: string; email: string } {
  const subject = newId();
  const email = profile.email ?? `${subject}@example.org`;
  provider.profiles.set(subject, { email_verified: true, name: 'Ada', ...profile, email });
  return { subject, email };
}

async function invitation(): Promise<{ projectId: string; token: string }> {
  const host = await addPerson(database, 'host');
  const projectId = await addProject(database, host);
  const { url = '' } = await createInvitation(grantOf(host, projectId), {
    role: 'annotator',
    days: 7,
    maxUses: 1,
  });
  return { projectId, token: url.split('#')[1] ?? '' };
}

/** Somebody who has signed up by an invitation and the provider. */
async function joined() {
  const person = known();
  const browser = new Browser();
  await come(browser, person.subject, { invitation: (await invitation()).token });
  return { ...person, browser };
}

const countUsers = () =>
  database.db.$client.query('select count(*) from users').then(({ rows }) => rows[0].count);

describe('Signing in by the provider', () => {
  it('asks it with PKCE, a state and a nonce, for no more than who it is', async () => {
    const response = await new Browser().post('signin/oidc', { callbackUrl: '/projects' });
    const asked = new URL(((await response.json()) as { url: string }).url);
    expect(asked.origin).toBe(provider.issuer);
    expect(asked.searchParams.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) {
      expect(asked.searchParams.get(name)?.length, name).toBeGreaterThan(30);
    }
    expect(asked.searchParams.get('scope')).toBe('openid email profile');
  });

  it('is the first proof of whoever has a second factor here, and then comes the step', async () => {
    const { subject, browser } = await joined();
    const { id, email } = await ask<{ id: string; email: string }>('me', { cookie: browser.session });
    const { secret } = await addApp({ id, email, name: 'Ada', cookie: browser.session as string });
    const elsewhere = new Browser();
    const ended = await come(elsewhere, subject);
    expect(`${ended.pathname}${ended.search}`).toBe('/sign-in/step?to=%2Fprojects');
    expect(elsewhere.session).toBe(undefined);
    expect((await elsewhere.signIn('step', { code: codeAt(secret) })).status).toBe(200);
    expect(await ask('me', { cookie: elsewhere.session })).toMatchObject({ id });
  });

  it('makes an account for somebody new who brings an invitation, and joins them', async () => {
    const { projectId, token } = await invitation();
    const { subject, email } = known({ name: 'Ada Berg' });
    const browser = new Browser();
    expect((await come(browser, subject, { invitation: token })).pathname).toBe('/projects');
    expect(browser.jar.has('gloss-invitation'), 'it is not kept afterwards').toBe(false);
    expect(await ask('me', { cookie: browser.session })).toMatchObject({ name: 'Ada Berg', email });
    const project = await ask('project.get', { cookie: browser.session }, { params: { projectId } });
    expect(project).toMatchObject({ role: 'annotator' });
  });

  it('knows the same person again by their subject, whatever their address is by then', async () => {
    const { subject, email } = await joined();
    provider.profiles.set(subject, { email: `${newId()}@example.org`, email_verified: false });
    const again = new Browser();
    expect((await come(again, subject)).pathname).toBe('/projects');
    expect(await ask('me', { cookie: again.session })).toMatchObject({ email });
  });

  it('is refused to somebody new without an invitation, or with one that does not work', async () => {
    const before = await countUsers();
    for (const token of [undefined, 'x'.repeat(43)]) {
      const browser = new Browser();
      const end = await come(browser, known().subject, { invitation: token });
      expect([end.pathname, end.searchParams.get('error')]).toEqual(['/sign-in', 'AccessDenied']);
      expect(browser.session).toBe(undefined);
    }
    expect(await countUsers()).toBe(before);
  });
});

describe('An account that stands already', () => {
  it('with a password is not opened by the same address at the provider, confirmed there or not', async () => {
    for (const email_verified of [true, false, undefined]) {
      const { id, email } = await addUser({ email: `${newId()}@example.org`, password: 'a long password' });
      const { subject } = known({ email, email_verified });
      const browser = new Browser();
      const end = await come(browser, subject, { invitation: (await invitation()).token });
      expect(end.searchParams.get('error')).toBe(
        email_verified ? 'OAuthAccountNotLinked' : 'EmailNotVerified',
      );
      expect(browser.session).toBe(undefined);
      const { rows } = await database.db.$client.query('select oidc_subject from users where id = $1', [id]);
      expect(rows).toEqual([{ oidc_subject: null }]);
    }
  });

  it('without a password, as an operator makes it, is opened by its confirmed address alone', async () => {
    const { email } = await addUser({ email: `${newId()}@example.org` });
    const stranger = new Browser();
    const unconfirmed = known({ email, email_verified: false });
    expect((await come(stranger, unconfirmed.subject)).searchParams.get('error')).toBe('EmailNotVerified');
    const browser = new Browser();
    await come(browser, known({ email: email.toUpperCase() }).subject);
    expect(await ask('me', { cookie: browser.session })).toMatchObject({ email });
  });

  it('of one subject is not opened by another with the same address', async () => {
    const { email } = await joined();
    const browser = new Browser();
    const end = await come(browser, known({ email }).subject);
    expect(end.searchParams.get('error')).toBe('OAuthAccountNotLinked');
    expect(browser.session).toBe(undefined);
  });

  it('is connected by whoever is signed in to it, and from then on opened', async () => {
    const person = await addUser({ email: `${newId()}@example.org`, password: 'a long password' });
    const { subject } = known({ email_verified: false });
    const here = new Browser();
    here.jar.set('gloss-session', (await openSession(database.db, person.id)).cookie);
    expect((await come(here, subject)).pathname).toBe('/projects');
    const elsewhere = new Browser();
    await come(elsewhere, subject);
    expect(await ask('me', { cookie: elsewhere.session })).toMatchObject({ id: person.id });
    // And only one of the provider's can be.
    const end = await come(here, known().subject);
    expect(end.searchParams.get('error')).toBe('OtherAccountLinked');
  });
});

describe('An answer that is not the provider’s to this question', () => {
  const tampered: [string, Way][] = [
    ['with another state', { back: (url) => url.searchParams.set('state', 'x'.repeat(43)) }],
    ['without a state', { back: (url) => url.searchParams.delete('state') }],
    ['with another nonce', { there: (url) => url.searchParams.set('nonce', 'x'.repeat(43)) }],
    ['without a nonce', { there: (url) => url.searchParams.delete('nonce') }],
    ['to another PKCE challenge', { there: (url) => url.searchParams.set('code_challenge', 'x'.repeat(43)) }],
    ['with another code', { back: (url) => url.searchParams.set('code', 'x'.repeat(43)) }],
    ['from another issuer', { back: (url) => url.searchParams.set('iss', 'http://127.0.0.1:1') }],
  ];
  it.each(tampered)('%s signs nobody in', async (_, way) => {
    const { subject } = await joined();
    const browser = new Browser();
    const end = await come(browser, subject, way);
    expect(end.searchParams.get('error')).toMatch(/^OAuthCallback/);
    expect(browser.session).toBe(undefined);
  });

  it('signs nobody in when its token names an issuer that the discovery does not', async () => {
    const { subject } = await joined();
    provider.discovery = { issuer: 'http://127.0.0.1:1/other' };
    const browser = new Browser();
    expect((await come(browser, subject)).searchParams.get('error')).toMatch(/^OAuthCallback/);
    expect(browser.session).toBe(undefined);
  });

  const hour = () => Math.floor(Date.now() / 1_000) - 3_600;
  it.each<[string, () => typeof provider.token]>([
    ['for another client', () => ({ claims: { aud: 'another-client' } })],
    ['for another client beside us', () => ({ claims: { aud: ['another-client'], azp: 'another-client' } })],
    ['of another issuer', () => ({ claims: { iss: 'http://127.0.0.1:1' } })],
    ['with another nonce', () => ({ claims: { nonce: 'x'.repeat(43) } })],
    ['without a nonce', () => ({ claims: { nonce: undefined } })],
    ['that has run out', () => ({ claims: { iat: hour() - 60, exp: hour() } })],
    ['signed by a key that the provider does not have', () => ({ isForged: true })],
  ])('signs nobody in by a token %s', async (_, token) => {
    const { subject } = await joined();
    provider.token = token();
    try {
      const browser = new Browser();
      expect((await come(browser, subject)).searchParams.get('error')).toMatch(/^OAuthCallback/);
      expect(browser.session).toBe(undefined);
    } finally {
      provider.token = {};
    }
    const again = new Browser();
    expect((await come(again, subject)).pathname).toBe('/projects');
  });

  it('signs nobody in a second time, nor in another browser', async () => {
    const { subject } = await joined();
    const [mine, theirs] = [new Browser(), new Browser()];
    let answered = new URL(ORIGIN);
    const keep = (url: URL) => {
      answered = new URL(url);
    };
    expect((await come(mine, subject, { back: keep })).pathname).toBe('/projects');
    const again = await finish(mine, answered);
    expect(again.searchParams.get('error')).toMatch(/^OAuthCallback/);
    await come(theirs, subject, { back: (url) => url.searchParams.set('state', 'x') });
    const lured = await finish(theirs, answered);
    expect(lured.searchParams.get('error')).toMatch(/^OAuthCallback/);
    expect(theirs.session).toBe(undefined);
  });
});

describe('OIDC_ISSUER', () => {
  it.each(['https://id.example.org', 'http://localhost:9000', 'http://127.0.0.1:9000/realms/x', ''])(
    'takes %s',
    (url) => {
      expect(readEnv({ OIDC_ISSUER: url }).OIDC_ISSUER).toBe(url === '' ? undefined : url);
    },
  );
  it.each(['http://id.example.org', 'http://localhost.evil.test', 'ftp://x', 'id.example.org'])(
    'refuses %s',
    (url) => {
      expect(() => readEnv({ OIDC_ISSUER: url })).toThrow(/OIDC_ISSUER/);
    },
  );
});
