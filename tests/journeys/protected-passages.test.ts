import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe } from '../support/axe';
import { articleOf } from './person';
import {
  joinAs,
  newSource,
  openSource,
  PARAGRAPHS,
  startWorkspace,
  stopWorkspace,
  type Workspace,
} from './workspace';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await startWorkspace();
}, 240_000);
afterAll(() => stopWorkspace(workspace));

const SECOND = PARAGRAPHS[1].slice(0, PARAGRAPHS[1].indexOf(' She'));

/** The page in light and dark, wide and on a phone. */
async function shots(page: Page, name: string): Promise<void> {
  if (!process.env.GLOSS_SHOTS) return;
  const size = page.viewportSize() ?? { width: 1440, height: 900 };
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${process.env.GLOSS_SHOTS}/${name}-${width}-${colorScheme}.png` });
    }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(size);
}

describe('A protected passage', { timeout: 240_000 }, () => {
  it('is made by keys where it is read, is a black bar to others at once, and comes back when its protection ends', async () => {
    const { owner, program, projectId } = workspace;
    const { page } = owner;
    const url = await newSource(workspace, 'The bridge papers');
    const other = await joinAs(workspace, 'Rea Reader', 'reader');
    await openSource(other.page, url);
    await articleOf(other.page).getByText('said Hanne Lund').waitFor();

    await openSource(page, url);
    await articleOf(page).focus();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.getByRole('toolbar', { name: 'Mark the passage' }).waitFor();
    await shots(page, 'passage-bar');
    await page.keyboard.press('p');
    const dialog = page.getByRole('dialog', { name: 'Protect this passage' });
    await dialog.getByText(SECOND).waitFor();
    await dialog.getByRole('checkbox', { name: 'Rea Reader' }).waitFor();
    expect((await (await axe(page)).analyze()).violations).toEqual([]);
    await shots(page, 'passage-dialog');
    const answered = page.waitForResponse(
      (response) => response.url().endsWith('/protected-passages') && response.request().method() === 'POST',
    );
    await dialog.getByRole('button', { name: 'Protect this passage' }).click();
    expect((await answered).status()).toBe(200);
    await dialog.waitFor({ state: 'detached' });

    // By a push, without anybody loading the page again.
    await articleOf(other.page).getByRole('img', { name: 'Protected passage' }).waitFor();
    const shown = await articleOf(other.page).textContent();
    expect(shown).not.toContain('Hanne');
    expect(shown).toContain('She runs the authority.');
    expect((await (await axe(other.page)).analyze()).violations).toEqual([]);
    await shots(other.page, 'passage-black');

    await page.locator('.protected-passage').waitFor();
    expect(await page.locator('.protected-passage').textContent()).toBe(SECOND);
    await page.getByText(/^Passages of its text are protected/).waitFor();
    await shots(page, 'passage-outline');

    await page.goto(`${program.url}/projects/${projectId}`);
    await page.getByRole('button', { name: 'Protect The bridge papers' }).click();
    const listed = page.getByRole('region', { name: 'Protected passages' });
    await listed.getByText(SECOND).waitFor();
    expect((await (await axe(page)).analyze()).violations).toEqual([]);
    await shots(page, 'passage-list');
    await listed.getByRole('button', { name: 'End' }).click();
    await articleOf(other.page).getByText('said Hanne Lund').waitFor();
    expect(await other.page.locator('.blacked-out').count()).toBe(0);
    expect([...owner.faults, ...other.faults]).toEqual([]);
  });
});
