import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe } from '../support/axe';
import { pdfFile } from '../support/pdf-files';
import { articleOf } from './person';
import {
  ask,
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

const shot = async (page: Page, name: string) => {
  if (process.env.GLOSS_SHOTS) await page.screenshot({ path: `${process.env.GLOSS_SHOTS}/${name}.png` });
};

/** Pictures of a page, wide and narrow, light and dark. */
const shots = async (page: Page, name: string) => {
  if (!process.env.GLOSS_SHOTS) return;
  const before = page.viewportSize() ?? { width: 1440, height: 900 };
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1440, 390]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await shot(page, `${name}-${width}-${colorScheme}`);
    }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(before);
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

  it('comes to the open page of who was kept out within seconds after its time, without a reload', async () => {
    const { owner, program, projectId } = workspace;
    const other = await joinAs(workspace, 'Tim Waiter', 'annotator');
    const url = await newSource(workspace, 'The sealed envelope');
    const sourceId = new URL(url).pathname.split('/').at(-1);
    const protection = `/api/projects/${projectId}/sources/${sourceId}/protection`;
    const listed = other.page.getByRole('link', { name: 'The sealed envelope' });
    await other.page.goto(`${program.url}/projects/${projectId}`);
    await listed.waitFor();
    const opens = Date.now() + 15_000;
    const body = { embargoUntil: new Date(opens).toISOString(), visibleTo: [] };
    await ask(owner, program, 'put', protection, body);
    await listed.waitFor({ state: 'detached' });
    expect(Date.now()).toBeLessThan(opens);
    await shots(other.page, 'embargo-running');
    await other.page.evaluate(() => Object.assign(window, { isSamePage: true }));
    await listed.waitFor();
    const late = Date.now() - opens;
    expect(late).toBeGreaterThan(-1_000);
    expect(late).toBeLessThan(15_000);
    await shots(other.page, 'embargo-over');
    // It is followed where the page stands, and can be marked as any other.
    await listed.click();
    await articleOf(other.page).getByText(PARAGRAPHS[0].slice(0, 30)).waitFor();
    await other.page.getByText('Marks saved').waitFor({ state: 'attached' });
    expect([...owner.faults, ...other.faults]).toEqual([]);
  });
});

describe('A protected file', { timeout: 240_000 }, () => {
  it('is closed on the page of who is not named, who reads its text, and opened by who is', async () => {
    const { owner, program, projectId } = workspace;
    const other = await joinAs(workspace, 'Fay Outside', 'annotator');
    const named = await joinAs(workspace, 'Ned Inside', 'annotator');
    const words = 'The harbour was closed on a Tuesday, the clerk wrote.';
    const buffer = Buffer.from(pdfFile({ pages: [{ texts: [{ x: 60, y: 100, text: words }] }] }));
    const file = { name: 'harbour.pdf', mimeType: 'application/pdf', buffer };
    const sent = await owner.context.request.post(`${program.url}/api/projects/${projectId}/sources`, {
      headers: { origin: program.url },
      multipart: { file, title: 'The stamped letter' },
    });
    expect(sent.status()).toBe(201);
    const { id } = (await sent.json()) as { id: string };
    const url = `${program.url}/projects/${projectId}/sources/${id}`;

    const { page } = owner;
    await page.goto(`${program.url}/projects/${projectId}`);
    await page.getByRole('button', { name: 'Protect The stamped letter' }).click();
    const dialog = page.getByRole('dialog', { name: 'Protect this source' });
    await dialog.getByText(/^Protect its file/).click();
    await dialog.getByText('Ned Inside').click();
    await shots(page, 'file-dialog');
    await dialog.getByRole('button', { name: 'Protect this source' }).click();
    await page.getByText(/^Its file is protected/).waitFor();

    for (const { page: reads } of [other, named]) {
      await reads.goto(url);
      await articleOf(reads).getByText(words).waitFor();
      await reads.getByText(/^Its file is protected/).waitFor();
      await reads.getByRole('button', { name: 'Pages', exact: true }).click();
    }
    await named.page.locator('.page-frame[data-page="1"][data-drawn]').waitFor();
    await shots(named.page, 'file-named');
    await other.page.getByText(/^The file of this source is protected: only people who are named/).waitFor();
    expect(await other.page.getByRole('link', { name: 'The PDF' }).count()).toBe(0);
    expect(await named.page.getByRole('link', { name: 'The PDF' }).count()).toBe(1);
    await shots(other.page, 'file-refused');
    expect(await other.page.locator('.page-frame[data-drawn]').count()).toBe(0);
    expect((await (await axe(other.page)).exclude('[data-live-announcer]').analyze()).violations).toEqual([]);
    await other.page.getByRole('button', { name: 'Text', exact: true }).click();
    await articleOf(other.page).getByText(words).waitFor();
    const refused = await other.context.request.get(`${url.replace('/projects/', '/api/projects/')}/file`);
    expect(refused.status()).toBe(403);
  });
});
