import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Code } from '@/lib/codebook/code';
import type { Contribution } from '@/lib/contributions/contribution';
import type { Note } from '@/lib/notes/note';
import { axe } from '../support/axe';
import { ask, enterNote, newSource, startWorkspace, stopWorkspace, type Workspace } from './workspace';

let workspace: Workspace;
let root: string;
let sources: string[];
const codes: Record<string, string> = {};

const post = <T>(path: string, body: object) =>
  ask<T>(workspace.owner, workspace.program, 'post', `/api/projects/${workspace.projectId}${path}`, body);
const idOf = (url: string) => new URL(url).pathname.split('/').at(-1) as string;
const mark = (sourceId: string | undefined, exact: string, ...names: string[]) =>
  post('/annotations', {
    sourceId,
    motivation: 'classifying',
    selector: [{ type: 'TextQuoteSelector', exact }],
    codeIds: names.map((name) => codes[name]),
  });
async function letters(): Promise<Contribution> {
  const path = `/api/projects/${workspace.projectId}/contributions`;
  const { items } = await ask<{ items: Contribution[] }>(workspace.owner, workspace.program, 'get', path);
  return items.find(({ person }) => person.name === 'First user') as Contribution;
}
/** Pictures of a page as it is, narrow and wide, light and dark, for whoever asks for them. */
async function shots(page: Page, name: string): Promise<void> {
  const folder = process.env.GLOSS_SHOTS;
  if (!folder) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png`, fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1440, height: 900 });
}

beforeAll(async () => {
  workspace = await startWorkspace();
  root = `${workspace.program.url}/projects/${workspace.projectId}`;
  sources = [idOf(await newSource(workspace, 'The Herald')), idOf(await newSource(workspace, 'The Tribune'))];
  for (const name of ['Evasion', 'Postponing', 'Expense'])
    codes[name] = (await post<Code>('/codes', { name })).id;
  const [first, second] = sources;
  await mark(first, 'cracks in two of the nine piers', 'Evasion', 'Postponing');
  await mark(first, 'two of the nine', 'Evasion');
  await mark(second, 'nine piers', 'Postponing', 'Expense');
}, 240_000);
afterAll(() => stopWorkspace(workspace));

describe('An analysis', { timeout: 240_000 }, () => {
  it('is read as a chart and a table, leads to its passages, and lives on in a note until it is frozen', async () => {
    const { page } = workspace.owner;
    await page.goto(`${root}/analysis`);
    const table = page.getByRole('table', { name: 'Code frequencies' });
    await table.waitFor();
    await page.getByRole('img', { name: /Code frequencies, drawn/ }).waitFor();
    await expect
      .poll(() => table.getByRole('row').allInnerTexts())
      .toContainEqual(expect.stringMatching(/^Evasion\s/));
    expect((await (await axe(page)).analyze()).violations).toEqual([]);
    await shots(page, 'frequencies');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'PNG' }).click();
    expect((await download).suggestedFilename()).toBe('Code frequencies.png');

    await page.getByRole('button', { name: 'Words in context' }).click();
    await page.getByLabel('Word or phrase').fill('nine piers');
    await page.keyboard.press('Enter');
    await page.getByRole('cell', { name: 'nine piers', exact: true }).first().waitFor();
    await shots(page, 'kwic');
    await page.getByRole('button', { name: 'Word frequencies' }).click();
    await page.getByRole('img', { name: /Word frequencies, drawn/ }).waitFor();
    await shots(page, 'words');
    // What takes long says so, can be stopped (the question is taken back, not only hidden), and begun anew.
    let isHeld = true;
    const analysis = (url: URL) =>
      url.pathname.endsWith('/analysis') && url.searchParams.get('kind') === 'compare';
    await page.route(analysis, async (route) => {
      while (isHeld) await new Promise((resolve) => setTimeout(resolve, 50));
      // Nobody waits for what was stopped.
      await route.continue().catch(() => undefined);
    });
    const takenBack = page.waitForEvent('requestfailed', (request) => analysis(new URL(request.url())));
    await page.getByRole('button', { name: 'Compare two groups' }).click();
    await page.getByText(/^Counting, 1 s$/).waitFor();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText('You stopped the counting.').waitFor();
    expect((await takenBack).failure()?.errorText).toBe('net::ERR_ABORTED');
    isHeld = false;
    await page.getByRole('button', { name: 'Count again' }).click();
    await page.getByText('Can’t be said').waitFor();
    await page.unrouteAll({ behavior: 'wait' });
    await page.getByRole('button', { name: 'Co-occurrence' }).click();
    const matrix = page.getByRole('table', { name: 'Co-occurrence' });
    await matrix.getByRole('row', { name: /^Evasion/ }).waitFor();
    await shots(page, 'co-occurrence');
    await page.getByRole('button', { name: /Matrix and table/ }).click();
    await page.getByRole('option', { name: 'Network and table' }).click();
    await shots(page, 'network');
    await page.getByRole('button', { name: 'Save this analysis' }).click();
    await page.getByLabel('Name').fill('What goes together');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'What goes together', exact: true }).waitFor();

    // Both passages of each pair, and no others of the two codes.
    await page.goto(`${root}/analysis?kind=co-occurrence&unit=overlap`);
    await matrix
      .getByRole('row', { name: /^Postponing/ })
      .getByRole('button')
      .first()
      .click();
    const behind = page.getByRole('dialog', { name: 'Postponing, Evasion' });
    await behind.getByText('2 pairs').waitFor();
    expect(await behind.getByRole('link').allTextContents()).toEqual([
      ...['cracks in two of the nine piers', 'cracks in two of the nine piers'],
      ...['cracks in two of the nine piers', 'two of the nine'],
    ]);
    await shots(page, 'passages');
    await page.keyboard.press('Escape');

    const query = { kind: 'co-occurrence', unit: 'overlap' };
    const { id } = await post<{ id: string }>('/saved-analyses', { name: 'Overlap', query });
    await page.goto(`${root}/analysis?saved=${id}`);
    await matrix.getByRole('row', { name: /^Evasion/ }).waitFor();
    await page.getByText(/pairs of codings whose passages share a letter/).waitFor();

    const note = await post<Note>('/notes', { title: 'Figures' });
    await page.goto(`${root}/notes/${note.id}`);
    await enterNote(page);
    await page.keyboard.type('/living');
    await page.getByRole('option', { name: /Living search/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'What goes together' }).click();
    const block = page.getByRole('region', { name: 'An analysis' });
    const row = () => block.getByRole('row', { name: /^Postponing/ }).innerText();
    await block.getByRole('row', { name: /^Postponing/ }).waitFor();
    const before = await row();
    await mark(sources[1], 'two of the nine', 'Postponing', 'Evasion');
    await expect.poll(row, { timeout: 20_000 }).not.toBe(before);
    await shots(page, 'block');
    const now = await row();
    await block.getByRole('button', { name: 'Freeze' }).click();
    await block.getByText(/froze it/).waitFor();
    await mark(sources[1], 'cracks in two', 'Postponing', 'Evasion');
    expect(await row()).toBe(now);
    expect(workspace.owner.faults).toEqual([]);
  });

  it('of who did what shows letters that were pasted apart, and writes a CRediT statement', async () => {
    const { page } = workspace.owner;
    const before = await letters();
    const note = await post<Note>('/notes', { title: 'Draft' });
    await page.goto(`${root}/notes/${note.id}`);
    await enterNote(page);
    await page.keyboard.type('Typed by hand. ');
    await page.keyboard.insertText('Pasted from somewhere else. '.repeat(5));
    await page.locator('.note-state').getByText('Saved', { exact: true }).waitFor();
    await expect
      .poll(async () => {
        const now = await letters();
        return { letters: now.letters - before.letters, atOnce: now.lettersAtOnce - before.lettersAtOnce };
      })
      .toEqual({ letters: 155, atOnce: 140 });
    await page.goto(`${root}/contributions`);
    const table = page.getByRole('table', { name: 'Who did what' });
    await table
      .getByText(/at once/)
      .first()
      .waitFor();
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Statement' }).inputValue())
      .toContain('Formal analysis');
    expect((await (await axe(page)).analyze()).violations).toEqual([]);
    await shots(page, 'contributions');
    await page.goto(`${root}/sources/${sources[0]}/versions`);
    await page.getByRole('button', { name: 'Add a variable' }).click();
    await page.getByLabel('What is it called?').fill('Leaning');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('textbox', { name: 'Leaning', exact: true }).fill('left');
    await page.keyboard.press('Enter');
    await page.getByText('Leaning was saved').waitFor();
    await page.getByRole('button', { name: 'Rename Leaning' }).click();
    await page.getByLabel('New name of Leaning').fill('Politics');
    await page.keyboard.press('Enter');
    // What it was set to stays, under the new name.
    const renamed = page.getByRole('textbox', { name: 'Politics', exact: true });
    await expect.poll(() => renamed.inputValue()).toBe('left');
    await shots(page, 'variables');
    expect(workspace.owner.faults).toEqual([]);
  });
});
