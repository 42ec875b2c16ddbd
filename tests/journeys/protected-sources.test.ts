import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe } from '../support/axe';
import {
  ask,
  joinAs,
  newSource,
  openSource,
  startWorkspace,
  stopWorkspace,
  type Workspace,
} from './workspace';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await startWorkspace();
}, 240_000);
afterAll(() => stopWorkspace(workspace));

const shot = async (page: Page, name: string) => {
  if (process.env.GLOSS_SHOTS) await page.screenshot({ path: `${process.env.GLOSS_SHOTS}/${name}.png` });
};

describe('A source under embargo', { timeout: 240_000 }, () => {
  it('leaves the open page of who is not named, and is there again when the protection ends', async () => {
    const { owner, program, projectId } = workspace;
    const { page } = owner;
    const url = await newSource(workspace, 'The shredded ledger');
    const other = await joinAs(workspace, 'Rea Reader', 'reader', { width: 390, height: 844 });
    await openSource(other.page, url);

    await page.goto(`${program.url}/projects/${projectId}`);
    await page.getByRole('button', { name: 'Protect The shredded ledger' }).click();
    const dialog = page.getByRole('dialog', { name: 'Protect this source' });
    await dialog.getByText('Keep it closed until a time').click();
    const until = dialog.getByLabel('Embargo until');
    expect(await until.inputValue()).toMatch(/^\d{4}-\d{2}-\d{2}T09:00$/);
    expect((await (await axe(page)).analyze()).violations).toEqual([]);
    await shot(page, 'protect-light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await shot(page, 'protect-dark');
    await page.setViewportSize({ width: 390, height: 844 });
    await shot(page, 'protect-phone');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1440, height: 900 });
    await dialog.getByRole('button', { name: 'Protect this source' }).click();

    // By a push, without anybody loading the page again.
    await other.page.getByText('The shredded ledger').waitFor({ state: 'detached' });
    await shot(other.page, 'protect-gone');
    await other.page.goto(`${program.url}/projects/${projectId}`);
    expect(await other.page.getByText('The shredded ledger').count()).toBe(0);
    await page.getByText(/^Under embargo until/).waitFor();
    await shot(page, 'protect-list');
    await openSource(page, url);
    await page.getByText(/^Under embargo until/).waitFor();
    await shot(page, 'protect-reader');

    const sourceId = new URL(url).pathname.split('/').at(-1);
    await ask(owner, program, 'delete', `/api/projects/${projectId}/sources/${sourceId}/protection`);
    await other.page.getByText('The shredded ledger').waitFor();
    expect([...owner.faults, ...other.faults]).toEqual([]);
  });
});
