import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe } from '../support/axe';
import { launchBrowser } from '../support/browser';
import { freePort } from '../support/free-port';
import { type IdentityProvider, openIdentityProvider } from '../support/identity-provider';
import { linkIn, type Mailbox, openMailbox } from '../support/mailbox';
import type { Program } from '../support/program';
import { startOnTestDatabase } from '../support/program-on-test-database';
import { newPerson, type Person, signInByLink } from './person';

let mailbox: Mailbox;
let provider: IdentityProvider;
let program: Program;
let browser: Browser;
let ana: Person;
let ben: Person;
/** Waits are for a busy machine; nothing here is measured. */
const PATIENCE = 60_000;
const PASSWORD = 'a long enough password';

beforeAll(async () => {
  const port = await freePort();
  mailbox = await openMailbox();
  provider = await openIdentityProvider(`http://localhost:${port}/api/auth/callback/oidc`);
  program = await startOnTestDatabase({
    PORT: String(port),
    SMTP_URL: mailbox.url,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
  });
  browser = await launchBrowser();
  ana = await somebody();
  ben = await somebody();
});
afterAll(async () => {
  await browser?.close();
  await program?.stop();
  await provider?.close();
  await mailbox?.close();
});

async function somebody(size?: { width: number; height: number }): Promise<Person> {
  const person = await newPerson(browser, size);
  person.page.setDefaultTimeout(PATIENCE);
  return person;
}

async function hasNoFaults(page: Page): Promise<void> {
  // React Aria announces a pending button by pointing at it, for seconds after the button has gone.
  const { violations } = await (await axe(page)).exclude('[data-live-announcer]').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target.join(' '))])).toEqual([]);
}

/** An invitation link, made as the members page makes it. */
async function invitation(): Promise<string> {
  return ana.page.evaluate(async () => {
    const { items } = await (await fetch('/api/projects')).json();
    const made = await fetch(`/api/projects/${items[0].id}/invitations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ role: 'reader' }),
    });
    return (await made.json()).url as string;
  });
}

describe('Signing in', { timeout: 240_000 }, () => {
  it('by the link of the terminal says whom it signs in', async () => {
    await ana.page.goto(program.link as string);
    await ana.page.getByText('First user').waitFor();
    await hasNoFaults(ana.page);
    await signInByLink(ana.page, program.link as string);
  });

  it('by mail: the link says whom it signs in, does so once, and tells a second time that it is spent', async () => {
    const { page } = ben;
    await page.goto(await invitation());
    await page.getByLabel('Your name').fill('Ben Ito');
    await page.getByLabel('E-mail').fill('ben@example.org');
    await page.getByLabel('Password').fill(PASSWORD);
    await hasNoFaults(page);
    await page.getByRole('button', { name: /Sign up/ }).click();
    await page.waitForURL(/\/projects/);
    const elsewhere = await somebody({ width: 390, height: 844 });
    await elsewhere.page.goto(`${program.url}/sign-in`);
    await elsewhere.page.getByRole('button', { name: 'Mail me a sign-in link instead' }).click();
    await elsewhere.page.getByLabel('E-mail').fill('ben@example.org');
    await elsewhere.page.getByRole('button', { name: 'Mail me a link' }).click();
    await elsewhere.page.getByText(/a link is on its way/).waitFor();
    const link = linkIn(await mailbox.next('ben@example.org'));
    await elsewhere.page.goto(link);
    await elsewhere.page.getByText('Ben Ito').waitFor();
    await hasNoFaults(elsewhere.page);
    await elsewhere.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await elsewhere.page.waitForURL(/\/projects/);
    const third = await somebody();
    await third.page.goto(link);
    await third.page
      .getByText(/used already or has expired/)
      .first()
      .waitFor();
    await third.context.close();
    await elsewhere.context.close();
  });

  it('by the organisation: an account is connected by its owner, then opened', async () => {
    provider.profiles.set('subject-of-ben', { email: 'ben@example.org', email_verified: true, name: 'Ben' });
    const stranger = await somebody();
    await comeBy(
      stranger.page,
      () => stranger.page.goto(`${program.url}/sign-in`),
      /^Continue with/,
      'subject-of-ben',
    );
    await stranger.page.getByText(/then connect your organisation/).waitFor();
    await comeBy(ben.page, () => ben.page.goto(`${program.url}/account`), /^Connect/, 'subject-of-ben');
    await ben.page.getByText(/You can sign in with/).waitFor();
    await comeBy(
      stranger.page,
      () => stranger.page.goto(`${program.url}/sign-in`),
      /^Continue with/,
      'subject-of-ben',
    );
    await stranger.page.waitForURL(/\/projects/);
    await stranger.context.close();
  });

  it('by the organisation with an invitation makes an account', async () => {
    provider.profiles.set('subject-of-cleo', {
      email: 'cleo@example.org',
      email_verified: true,
      name: 'Cleo',
    });
    const cleo = await somebody();
    const link = await invitation();
    await comeBy(cleo.page, () => cleo.page.goto(link), /^Join with/, 'subject-of-cleo');
    await cleo.page.waitForURL(/\/projects/);
    expect(await cleo.page.evaluate(async () => (await (await fetch('/api/me')).json()).name)).toBe('Cleo');
    await cleo.context.close();
  });

  it('with another address: it waits for its mail, and is taken when that is confirmed', async () => {
    const { page } = ben;
    await page.goto(`${program.url}/account`);
    const section = page.getByRole('region', { name: 'E-mail' });
    await section.getByLabel('E-mail').fill('ben.ito@example.org');
    await section.getByLabel('Current password').fill(PASSWORD);
    await section.getByRole('button', { name: 'Change the address' }).click();
    await page.getByText(/A mail is on its way to ben\.ito@example\.org/).waitFor();
    await hasNoFaults(page);
    await page.goto(linkIn(await mailbox.next('ben.ito@example.org')));
    await page.getByRole('button', { name: 'Confirm the address' }).click();
    await page.getByText(/has the address ben\.ito@example\.org now/).waitFor();
    await hasNoFaults(page);
  });

  it('ends everywhere, with the tokens unless one says otherwise', async () => {
    const { page } = ben;
    const tokens: string[] = [];
    const asks = (token: string) =>
      fetch(`${program.url}/api/me`, { headers: { authorization: `Bearer ${token}` } }).then(
        ({ status }) => status,
      );
    await page.goto(`${program.url}/account`);
    tokens.push(
      await page.evaluate(async () => {
        const made = await fetch('/api/me/tokens', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ name: 'Script' }),
        });
        return (await made.json()).token as string;
      }),
    );
    expect(await asks(tokens[0] ?? '')).toBe(200);
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    const dialog = page.getByRole('alertdialog');
    expect(await dialog.getByRole('checkbox').isChecked()).toBe(true);
    await hasNoFaults(page);
    await dialog.getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.waitForURL(/\/sign-in/);
    expect(await asks(tokens[0] ?? '')).toBe(401);
  });

  it('reports no error on any page', () => {
    expect([...ana.faults, ...ben.faults]).toEqual([]);
  });

  /** Presses the button that leads to the provider, which signs this person in at once. */
  async function comeBy(
    page: Page,
    open: () => Promise<unknown>,
    button: RegExp,
    subject: string,
  ): Promise<void> {
    provider.subject = subject;
    await open();
    await page.getByRole('button', { name: button }).click();
  }
});
