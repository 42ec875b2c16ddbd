import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { articleFromPdf } from '@/server/sources/read-pdf';
import { ask, newSource, startWorkspace, stopWorkspace, type Workspace } from './workspace';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await startWorkspace();
  await newSource(workspace, 'The Herald');
}, 240_000);
afterAll(() => stopWorkspace(workspace));

/** What a page says on paper. */
async function printed(page: Page): Promise<string> {
  const pdf = Uint8Array.from(await page.pdf());
  return (await articleFromPdf(pdf, 'page.pdf')).text.replace(/\s+/g, ' ');
}

/** What a new note says on paper. */
async function onPaper({ owner, program, projectId }: Workspace): Promise<string> {
  const { page } = owner;
  const path = `/api/projects/${projectId}/notes`;
  const note = await ask<{ id: string }>(owner, program, 'post', path, { title: 'A note to print' });
  await page.goto(`${program.url}/projects/${projectId}/notes/${note.id}`);
  await page.locator('.ProseMirror[contenteditable=true]').click();
  await page.keyboard.type('Printed words, as they stand in https://paper.example/report said ');
  await page.locator('.ProseMirror a[href="https://paper.example/report"]').waitFor();
  return printed(page);
}

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
    const note = await onPaper(workspace);
    expect(note).toContain(
      'Printed words, as they stand in https://paper.example/report (https://paper.example/report) said',
    );
    for (const word of ['Codebook', 'Saved', 'Removed', 'Comment']) expect(note).not.toContain(word);
    await page.goto(`${program.url}/projects/${projectId}/exchange`);
    await page.getByText('Nothing. This format holds all').waitFor();
    await page.getByRole('radio', { name: /^Sources .BibTeX/ }).click({ force: true });
    await page.getByText('A bibliography says where a text is, and not what it says.').waitFor();
    await shoot('exchange');
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Download \(\d+ kB\)$/ }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toMatch(/\.bib$/);
    expect(await readFile((await file.path()) ?? '', 'utf8')).toContain('The Herald');
    await page.getByText('is downloaded.').waitFor();

    const report = await owner.context.newPage();
    await report.setContent(
      await (await owner.context.request.get(`${program.url}/api/projects/${projectId}/exports/html`)).text(),
    );
    expect(await printed(report)).toMatch(/Notes.*Printed words/);
    await report.close();

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

    // A table whose columns are called otherwise is read as somebody says.
    const table = Buffer.from('Thema;Erklärung\nEquivocation;Says both at once\n');
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'codes.csv', mimeType: 'text/csv', buffer: table });
    await page.getByText('2 rows', { exact: true }).waitFor();
    await page.getByText('The first row names the columns').click();
    await page.getByText('1 row', { exact: true }).waitFor();
    await page.getByRole('row', { name: /^Codes 1 0$/ }).waitFor({ timeout: 15_000 });
    await shoot('exchange-columns');
    await page.getByRole('button', { name: 'Bring it in' }).click();
    await page.getByText('It is in the project now.').waitFor();

    // An answer that never ends by itself.
    await page.route('**/exports/ris', () => undefined);
    await page.getByRole('radio', { name: /^Sources .RIS/ }).click({ force: true });
    await page.getByRole('button', { name: /^Download \(/ }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled. Nothing was downloaded.').waitFor();

    // One note goes out alone, from where it is open.
    const { id: noteId } = await ask<{ id: string }>(
      owner,
      program,
      'post',
      `/api/projects/${projectId}/notes`,
      {
        title: 'To hand in',
      },
    );
    await page.goto(`${program.url}/projects/${projectId}/notes/${noteId}`);
    await page.getByRole('button', { name: 'Take this note out as a file' }).click();
    const alone = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Download \(/ }).click();
    expect((await alone).suggestedFilename()).toBe('To-hand-in.md');

    // What happens is told to an address: its secret is shown once, a test is in the log of deliveries.
    await page.goto(`${program.url}/projects/${projectId}/settings#webhooks`);
    await page.getByRole('textbox', { name: 'Address' }).fill('https://hook.invalid/gloss');
    await page.getByRole('button', { name: 'Make the webhook' }).click();
    await page.getByRole('textbox', { name: /^Secret of the webhook/ }).waitFor();
    await page.getByRole('button', { name: 'Deliveries' }).click();
    await page.getByText('Nothing was sent yet').waitFor();
    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByText(/^Tried once; again at/).waitFor();
    await page.getByRole('button', { name: 'What answered ping' }).click();
    await shoot('webhook-deliveries');
    await page.getByRole('button', { name: 'Close' }).click();
    await shoot('webhooks');
  });
});
