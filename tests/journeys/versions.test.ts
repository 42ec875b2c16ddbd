import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { articleOf, type Person, selectWords } from './person';
import {
  ask,
  enterNote,
  expectMarks,
  joinAs,
  openSource,
  PARAGRAPHS,
  startWorkspace,
  stopWorkspace,
  storedMarks,
  type Workspace,
} from './workspace';

let workspace: Workspace;
let page: Page;

beforeAll(async () => {
  workspace = await startWorkspace();
  page = workspace.owner.page;
}, 240_000);
afterAll(() => stopWorkspace(workspace));

/** The article as it was, and as its outlet silently changed it. */
const BEFORE = PARAGRAPHS.join('\n\n');
const AFTER = [
  'Updated on Tuesday.',
  PARAGRAPHS[0],
  PARAGRAPHS[1].replace('close it now than explain later', 'close the bridge now than have to explain later'),
  'Engineers found no cracks that matter.',
  PARAGRAPHS[3],
].join('\n\n');

/** A source of our own with marks made over the API, as the page makes them. */
async function sourceWith(title: string, marks: readonly (readonly [string, string])[]): Promise<string> {
  const { owner, program, projectId } = workspace;
  const { id } = await ask<{ id: string }>(owner, program, 'post', `/api/projects/${projectId}/sources`, {
    title,
    text: BEFORE,
  });
  for (const [motivation, exact] of marks) await mark(owner, id, motivation, exact);
  return `${program.url}/projects/${projectId}/sources/${id}`;
}

async function mark(
  by: Person,
  sourceId: string,
  motivation: string,
  exact: string,
): Promise<{ id: string }> {
  const { program, projectId } = workspace;
  const start = BEFORE.indexOf(exact);
  return ask<{ id: string }>(by, program, 'post', `/api/projects/${projectId}/annotations`, {
    sourceId,
    motivation,
    selector: [
      { type: 'TextPositionSelector', start, end: start + exact.length },
      { type: 'TextQuoteSelector', exact },
    ],
    ...(motivation === 'quoting' && { quote: { speaker: 'Hanne Lund' } }),
    ...(motivation === 'commenting' && { body: { type: 'TextualBody', value: 'Check this.' } }),
  });
}

/** Pastes a new version on the page of versions. */
async function paste(at: Page, url: string, text: string): Promise<void> {
  await at.goto(`${url}/versions`);
  await at.getByRole('button', { name: 'New version…' }).click();
  await at.getByRole('tab', { name: 'Paste text' }).click();
  await at.getByLabel('The whole text, as it is now').fill(text);
  // Closed by mistake, it has what was typed when it is opened again.
  await at.keyboard.press('Escape');
  await at.getByRole('dialog').waitFor({ state: 'detached' });
  await at.getByRole('button', { name: 'New version…' }).click();
  await expect.poll(() => at.getByLabel('The whole text, as it is now').inputValue()).toBe(text);
  await at.getByRole('button', { name: /^Make it version/ }).click();
  await at.getByRole('heading', { name: 'Marks in version 2' }).waitFor();
}

const shot = async (at: Page, name: string) => {
  const folder = process.env.GLOSS_SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await at.screenshot({ path: `${folder}/${name}.png` });
};
const waiting = (at: Page) => at.getByRole('list', { name: 'Marks that wait' }).getByRole('listitem');
const idOf = (url: string) => new URL(url).pathname.split('/').at(-1) as string;
const exactsOf = async (url: string) =>
  (await storedMarks(workspace, url))
    .map(({ version, selector }) => `${version}: ${selector[1].exact}`)
    .sort();

describe('A new version of a source', { timeout: 240_000 }, () => {
  it('carries what it can for certain, and asks about the rest with both texts side by side', async () => {
    const url = await sourceWith('Bridge', [
      ['highlighting', 'four months'],
      ['quoting', 'We would rather close it now than explain later why we did not'],
      ['claiming', 'Engineers found cracks in two of the nine piers in September'],
      ['commenting', 'The city has not published their report'],
      ['highlighting', 'every ten minutes'],
    ]);
    await paste(page, url, AFTER);
    const counts = page.locator('dl');
    await expect
      .poll(() => counts.textContent())
      .toMatch(/Same2Moved0Text changed1Several places0Not found2/);
    await shot(page, 'report');
    // The claim and the comment are gone or nearly so: neither stands anywhere it was not sure of.
    await expect.poll(() => waiting(page).count()).toBeGreaterThanOrEqual(2);
    expect(await exactsOf(url)).toContain('1: The city has not published their report');
    expect(await exactsOf(url)).toContain('2: every ten minutes');
    const before = await waiting(page).count();
    await page.getByRole('button', { name: 'Accept one' }).click();
    await page.getByText('One place accepted').waitFor();
    await expect.poll(() => waiting(page).count()).toBe(before - 1);
    await page.getByText('Undo', { exact: true }).click();
    await expect.poll(() => waiting(page).count()).toBe(before);
    await page.keyboard.press('k');
    await page.keyboard.press('a');
    await page.getByText('Place accepted', { exact: true }).waitFor();
    await expect.poll(() => waiting(page).count()).toBe(before - 1);
    await page.getByRole('button', { name: /The city has not published/ }).click();
    await page.getByRole('button', { name: /^The passage is gone/ }).click();
    await page.getByText('Set aside as gone').waitFor();
    await page.getByRole('link', { name: /^Orphans 1/ }).click();
    await page.getByRole('list', { name: 'Orphans' }).getByRole('listitem').waitFor();
    await shot(page, 'orphans');
  });

  it('is decided by keys alone, and every decision can be taken back', async () => {
    const url = await sourceWith('By keys', [
      ['quoting', 'We would rather close it now than explain later why we did not'],
      ['commenting', 'The city has not published their report'],
    ]);
    await paste(page, url, AFTER);
    await waiting(page).first().waitFor();
    const before = await waiting(page).count();
    await page.keyboard.press('k');
    await page.keyboard.press('o');
    await expect.poll(() => waiting(page).count()).toBe(before - 1);
    await page.getByText('Undo', { exact: true }).click();
    await expect.poll(() => waiting(page).count()).toBe(before);
  });

  it('lets a mark be put back by hand, with its thread, and shows what changed in the text itself', async () => {
    const url = await sourceWith('By hand', [
      ['claiming', 'Engineers found cracks in two of the nine piers'],
    ]);
    const { owner, program, projectId } = workspace;
    const [claim] = await storedMarks(workspace, url);
    await ask(owner, program, 'post', `/api/projects/${projectId}/threads`, {
      annotationId: claim?.id,
      text: 'Who says so?',
    });
    await paste(page, url, AFTER);
    await waiting(page).first().waitFor();
    await page.getByRole('link', { name: /^Place it by hand/ }).click();
    await page.getByText(/^Select where/).waitFor();
    await articleOf(page).getByText('Engineers found no cracks').waitFor();
    await articleOf(page).evaluate((root) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const at = (node as Text).data.indexOf('no cracks that matter');
        if (at >= 0) document.getSelection()?.setBaseAndExtent(node, at, node, at + 21);
      }
    });
    await shot(page, 'placing');
    await page.getByRole('button', { name: 'Put the mark here' }).click();
    await page.getByText('Nothing waits').waitFor();
    expect(await exactsOf(url)).toEqual(['2: no cracks that matter']);
    await page.goto(url);
    const card = page.getByRole('article', { name: /^Claim by/ });
    await card.getByText('Text changed in version 2').waitFor();
    await card.getByRole('button').first().click();
    await card.getByText('Who says so?').waitFor();
    await card.locator('del').first().waitFor();
    await shot(page, 'card');
    await page.getByRole('link', { name: 'What changed' }).click();
    const text = page.getByRole('document', { name: /^Version 2 of/ });
    await text.locator('ins').first().waitFor();
    expect(await text.locator('ins').allTextContents()).toContain('Updated on Tuesday');
    expect((await text.locator('del').allTextContents()).join(' ')).toContain('The city has not published');
    await page.getByRole('button', { name: 'Next change' }).click();
    await text.locator('.is-step').waitFor();
    await shot(page, 'diff');
  });

  it('reaches who reads the old one without moving a word, and two people in the queue do not collide', async () => {
    const url = await sourceWith('Together', [
      ['commenting', 'The city has not published their report'],
      ['highlighting', 'every ten minutes'],
    ]);
    const ada = await joinAs(workspace, 'Ada Reyes', 'editor');
    await openSource(ada.page, url);
    await paste(page, url, AFTER);
    await ada.page.getByRole('button', { name: 'Open version 2' }).waitFor();
    expect(await articleOf(ada.page).textContent()).toContain('The city has not published');
    await shot(ada.page, 'newer');
    await ada.page.getByRole('button', { name: 'Open version 2' }).click();
    await articleOf(ada.page).getByText('Engineers found no cracks').waitFor();
    await ada.page.getByRole('link', { name: /One mark waits/ }).click();
    await waiting(ada.page).first().waitFor();
    await waiting(page).first().waitFor();
    await ada.page.getByRole('button', { name: /^The passage is gone/ }).click();
    // It leaves the other's list by itself.
    await page.getByText('Nothing waits').waitFor();
    expect([...workspace.owner.faults, ...ada.faults]).toEqual([]);
    await ada.context.close();
  });

  it('says on a quote chip that its words changed', async () => {
    const url = await sourceWith('Chip', []);
    await openSource(page, url);
    await selectWords(page, 'She runs the authority');
    await page.keyboard.press('n');
    await expectMarks(workspace, url, ['highlighting: She runs the authority']);
    await page.locator('.quote-chip[data-state="here"]').waitFor();
    await enterNote(page);
    const { owner, program, projectId } = workspace;
    await ask(owner, program, 'post', `/api/projects/${projectId}/sources/${idOf(url)}/versions`, {
      text: BEFORE.replace('She runs the authority', 'She ran the harbour authority'),
    });
    const chip = page.locator('.quote-chip-face');
    await expect.poll(() => chip.textContent()).toMatch(/text changed in version 2/);
    await shot(page, 'chip');
  });
});
