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
    const shoot = async (name: string) => {
      const shots = process.env.GLOSS_SHOTS;
      for (const scheme of shots ? (['light', 'dark'] as const) : [])
        for (const width of [390, 1440]) {
          await page.emulateMedia({ colorScheme: scheme });
          await page.setViewportSize({ width, height: 900 });
          await page.screenshot({ path: `${shots}/${name}-${scheme}-${width}.png`, fullPage: true });
        }
    };
    await page.goto(`${program.url}/projects/${projectId}/exchange`);
    await page.getByText('Nothing. This format holds all').waitFor();
    await page.getByText('Sources (BibTeX)').click();
    await page.getByText('A bibliography says where a text is, and not what it says.').waitFor();
    await shoot('exchange');
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Download \(\d+ kB\)$/ }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toMatch(/\.bib$/);
    expect(await readFile((await file.path()) ?? '', 'utf8')).toContain('The Herald');
    await page.getByText('is downloaded.').waitFor();

    // The project's own export brings nothing twice.
    await page.getByRole('radio', { name: /^Gloss/ }).click({ force: true });
    const whole = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Download \(/ }).click();
    const saved = (await (await whole).path()) ?? '';
    await page.locator('input[type=file]').setInputFiles(saved);
    await page.getByRole('row', { name: /^Sources 0 2$/ }).waitFor();
    await shoot('exchange-import');
    await page.getByRole('button', { name: 'Bring it in' }).click();
    await page.getByText('It is in the project now.').waitFor();

    // An answer that never ends by itself.
    await page.route('**/exports/ris', () => undefined);
    await page.getByText('Sources (RIS)').click();
    await page.getByRole('button', { name: /^Download \(/ }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled. Nothing was downloaded.').waitFor();
  });
});
