import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newSource, startWorkspace, stopWorkspace, type Workspace } from './workspace';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await startWorkspace();
  await newSource(workspace, 'The Herald');
}, 240_000);
afterAll(() => stopWorkspace(workspace));

describe('Taking a project out', { timeout: 120_000 }, () => {
  it('says what a format leaves behind, hands the file over, and stops when it is told to', async () => {
    const { owner, program, projectId } = workspace;
    const { page } = owner;
    await page.goto(`${program.url}/projects/${projectId}/exchange`);
    await page.getByText('Nothing. This format holds all').waitFor();
    await page.getByText('Sources (BibTeX)').click();
    await page.getByText('A bibliography says where a text is, and not what it says.').waitFor();
    const shots = process.env.GLOSS_SHOTS;
    for (const scheme of shots ? (['light', 'dark'] as const) : [])
      for (const width of [1440, 390]) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.setViewportSize({ width, height: 900 });
        await page.screenshot({ path: `${shots}/exchange-${scheme}-${width}.png`, fullPage: true });
      }
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Download \(\d+ kB\)$/ }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toMatch(/\.bib$/);
    expect(await readFile((await file.path()) ?? '', 'utf8')).toContain('The Herald');
    await page.getByText('is downloaded.').waitFor();

    // An answer that never ends by itself.
    await page.route('**/exports/ris', () => undefined);
    await page.getByText('Sources (RIS)').click();
    await page.getByRole('button', { name: /^Download \(/ }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled. Nothing was downloaded.').waitFor();
  });
});
