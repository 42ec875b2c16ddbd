import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe } from '../support/axe';
import { launchBrowser } from '../support/browser';
import { codeAt } from '../support/factors';
import { type Mailbox, openMailbox } from '../support/mailbox';
import { type Program, startProgram } from '../support/program';
import { until } from '../support/socket';
import { newPerson, type Person, signInByLink } from './person';

const PASSWORD = 'four words of mine';
let mailbox: Mailbox;
let program: Program;
let browser: Browser;
let ana: Person;
let page: Page;
let email: string;

beforeAll(async () => {
  mailbox = await openMailbox();
  program = await startProgram({ SMTP_URL: mailbox.url });
  browser = await launchBrowser();
  ana = await newPerson(browser);
  page = ana.page;
  // A device with a reader for fingers, and a finger on it.
  const devtools = await ana.context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await signInByLink(page, program.link as string);
  email = await page.evaluate(async () => (await (await fetch('/api/me')).json()).email);
});
afterAll(async () => {
  await browser?.close();
  await program?.stop();
  await mailbox?.close();
});

async function hasNoFaults(): Promise<void> {
  const { violations } = await (await axe(page)).exclude('[data-live-announcer]').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target.join(' '))])).toEqual([]);
}

async function signOut(): Promise<void> {
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
  await page.waitForURL(/\/sign-in/);
}

describe('A second factor', { timeout: 120_000 }, () => {
  let secret: string;

  it('is an app that reads a code, and comes with recovery codes and a mail', async () => {
    await page.goto(`${program.url}/account`);
    await page.getByLabel('New password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByText('Your password is changed').waitFor();
    await page.getByRole('button', { name: 'Add an app' }).click();
    const proof = page.getByRole('dialog', { name: 'Is it you?' });
    await proof.getByLabel('Your password').fill(PASSWORD);
    await hasNoFaults();
    await proof.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('img', { name: /^QR code/ }).waitFor();
    await hasNoFaults();
    secret = (await page.getByRole('dialog').locator('code').innerText()).replaceAll(' ', '');
    await page.getByLabel('The code it shows now').fill(codeAt(secret));
    await page.getByRole('button', { name: 'Use this app' }).click();
    const codes = page.getByRole('dialog', { name: 'Keep your recovery codes' });
    await codes.waitFor();
    expect(await codes.getByRole('listitem').count()).toBe(10);
    await hasNoFaults();
    await codes.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText(/^in use since/).waitFor();
    const isTold = /authenticator app was added/;
    await until(() => mailbox.mails.some(({ headers }) => isTold.test(headers.get('subject') ?? '')));

    await page.getByRole('button', { name: 'Add a passkey' }).click();
    // The proof of a moment ago holds.
    const naming = page.getByRole('dialog', { name: 'Add a passkey' });
    await naming.getByLabel('What do you call it?').fill('Laptop');
    await naming.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'Remove Laptop' }).waitFor();
    await page.getByText('10 of ten are left').waitFor();
    await hasNoFaults();
  });

  it('can be a passkey alone, which signs in without a name', async () => {
    await signOut();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL(/\/projects/);
  });

  it('is asked for after the password, and a code lets in', async () => {
    await signOut();
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'One more proof' }).waitFor();
    await hasNoFaults();
    await page.getByLabel('Code', { exact: true }).fill('000000');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText(/That code does not work/).waitFor();
    // The code of this half minute may be spent already: the clock of this app is a little fast.
    await page.getByLabel('Code', { exact: true }).fill(codeAt(secret, Date.now() + 30_000));
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.waitForURL(/\/projects/);
    expect(ana.faults).toEqual([]);
  });
});
