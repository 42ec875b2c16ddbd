import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe } from '../support/axe';
import type { Person } from './person';
import { joinAs, startWorkspace, stopWorkspace, type Workspace } from './workspace';

let workspace: Workspace;
let ben: Person;
beforeAll(async () => {
  workspace = await startWorkspace({ LIMIT_PROJECT_MEMBERS: '3', LIMIT_PROJECT_NOTES: '1' });
  ben = await joinAs(workspace, 'Ben Ito', 'annotator');
}, 240_000);
afterAll(() => stopWorkspace(workspace));

const place = (path: string) => `${workspace.program.url}/projects/${workspace.projectId}${path}`;

async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env.GLOSS_SHOTS;
  if (folder === undefined) return;
  for (const width of [1440, 390])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png`, fullPage: true });
    }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
}

async function hasNoFaults(page: Page): Promise<void> {
  const { violations } = await (await axe(page)).exclude('[data-live-announcer]').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target.join(' '))])).toEqual([]);
}

/** Gives a person's browser a device with a reader for fingers, and a finger on it. */
async function addReader({ context, page }: Person): Promise<void> {
  const devtools = await context.newCDPSession(page);
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
}

async function addPasskey(page: Page, password?: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  if (password !== undefined) {
    const proof = page.getByRole('dialog', { name: 'Is it you?' });
    await proof.getByLabel('Your password').fill(password);
    await proof.getByRole('button', { name: 'Go on' }).click();
  }
  const naming = page.getByRole('dialog', { name: 'Add a passkey' });
  await naming.getByLabel('What do you call it?').fill('Laptop');
  await naming.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'I have kept them' }).click();
}

describe('The room of a project', { timeout: 120_000 }, () => {
  it('is told in its settings, and where people and notes are added before and when it is full', async () => {
    const { page } = workspace.owner;
    await page.goto(place('/settings'));
    const room = page.getByRole('region', { name: 'Room' });
    await room.getByText('3 of 3').waitFor();
    await room.getByText('full', { exact: true }).first().waitFor();
    await hasNoFaults(page);
    await shot(page, 'settings');
    await page.goto(place('/members'));
    await page.getByText('This project holds all the 3 members it may.').waitFor();
    await page.getByRole('button', { name: 'Make a link' }).click();
    await page
      .getByRole('alert')
      .getByText(/^This project may hold 3 members, and this would be more/)
      .waitFor();
    await shot(page, 'members');
    await page.goto(place('/notes'));
    const start = () => page.getByRole('button', { name: 'Start a note' }).first().click();
    if ((await page.getByText('This project holds the 1 note it may.').count()) === 0) {
      await start();
      await page.waitForURL(/\/notes\//);
      await page.goto(place('/notes'));
    }
    await page.getByText('This project holds the 1 note it may.').waitFor();
    await start();
    await page
      .getByRole('alert')
      .getByText(/^This project may hold 1 note,/)
      .waitFor();
    expect(workspace.owner.faults).toEqual([]);
  });
});

describe('A project that asks for a second factor', { timeout: 240_000 }, () => {
  it('shows out who has none, leads them to add one, and lets them in again', async () => {
    const { owner, program } = workspace;
    for (const person of [owner, ben]) {
      person.page.setDefaultTimeout(30_000);
      await addReader(person);
    }
    await ben.page.goto(place('/notes'));
    await ben.page.getByRole('heading', { name: 'Notes' }).waitFor();
    const asked = owner.page.getByRole('checkbox', { name: /^Members need a second factor/ });
    await owner.page.goto(place('/settings'));
    await asked.press('Space');
    await owner.page.getByText(/^You have no second factor yourself/).waitFor();
    await owner.page.goto(`${program.url}/account`);
    await addPasskey(owner.page);
    await owner.page.goto(place('/settings'));
    await asked.press('Space');
    await ben.page.getByText(/^This project is open only to members with a second factor/).waitFor();
    await ben.page.getByRole('link', { name: 'Add a second factor' }).waitFor();
    await shot(ben.page, 'shown-out');
    await ben.page.goto(`${program.url}/projects`);
    await ben.page.getByText(/asks for a second factor, which you have not/).waitFor();
    await shot(ben.page, 'list');
    await ben.page.goto(place('/notes'), { waitUntil: 'commit' });
    await ben.page.waitForURL(/\/account\?for=.*#second-factor/);
    await ben.page.getByText('Add one of these; it takes a minute.').waitFor();
    await hasNoFaults(ben.page);
    await shot(ben.page, 'wanted');
    await owner.page.goto(place('/members'));
    await owner.page.getByText(/^2 of 3 members have no second factor/).waitFor();
    expect(await owner.page.getByText('· no second factor').count()).toBe(2);
    await hasNoFaults(owner.page);
    await shot(owner.page, 'members-without');
    await addPasskey(ben.page, 'a long enough password');
    await ben.page.getByRole('link', { name: 'Open the project' }).click();
    await ben.page.waitForURL((url) => url.pathname.startsWith('/projects/'));
    await ben.page.getByText('Saved', { exact: true }).or(ben.page.getByRole('navigation')).first().waitFor();
    // Nobody reloads it: the page looks again by itself.
    await owner.page.getByText(/^1 member has no second factor/).waitFor();
    await owner.page.goto(place('/settings'));
    expect(await asked.isChecked()).toBe(true);
    await shot(owner.page, 'asked');
  });

  it('lets whoever proved it a moment ago set another password without asking again', async () => {
    const { page } = ben;
    await page.goto(`${workspace.program.url}/account`);
    await page.getByLabel('New password').fill('another long password');
    await page.getByLabel('Current password').last().fill('a long enough password');
    // The proof that adding the passkey asked for holds for ten minutes.
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByText('Your password is changed').waitFor();
    expect(ben.faults).toEqual([]);
  });
});
