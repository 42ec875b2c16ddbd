import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe } from '../support/axe';
import { articleOf } from './person';
import { ask, startWorkspace, stopWorkspace, storedMarks, type Workspace } from './workspace';

const PARAGRAPHS = [
  'The harbour bridge will close for four months, the port authority said on Monday.',
  '“We would rather close it now,” said Lund, who runs the authority. “Nobody likes it.”',
  'The “big one” is the pier that engineers call unsafe.',
  '“It has cracks,” Karl Berg reportedly told the council, according to a draft report obtained by The Post.',
  '“No room to land,” a fisherman said.',
  '“We will see,” Lund said.',
] as const;

let workspace: Workspace;
let page: Page;
beforeAll(async () => {
  workspace = await startWorkspace();
  page = workspace.owner.page;
}, 180_000);
afterAll(() => stopWorkspace(workspace));

async function newStory(title: string): Promise<string> {
  const { program, owner, projectId } = workspace;
  const path = `/api/projects/${projectId}/sources`;
  const { id } = await ask<{ id: string }>(owner, program, 'post', path, {
    title,
    text: PARAGRAPHS.join('\n\n'),
  });
  return `${program.url}/projects/${projectId}/sources/${id}`;
}

async function open(at: Page, url: string): Promise<void> {
  await at.goto(url, { waitUntil: 'commit' });
  await articleOf(at).getByText(PARAGRAPHS[0].slice(0, 30)).waitFor();
  await at.getByText('Marks saved').waitFor({ state: 'attached' });
}

const options = (at: Page) => at.getByRole('listbox', { name: 'Proposed quotes' }).getByRole('option');
const quotesOf = async (url: string) =>
  (await storedMarks(workspace, url))
    .map(({ quote, selector }) => `${quote?.speaker}: ${selector[1].exact}`)
    .sort();

describe('the quotations of a source', { timeout: 180_000 }, () => {
  it('are proposed, and accepted, corrected or refused by one key each', async () => {
    const url = await newStory('By keys');
    await open(page, url);
    await page.getByRole('tab', { name: /^Quotes/ }).click();
    await page.getByRole('button', { name: 'Find quotes in this source' }).click();
    await expect.poll(() => options(page).count()).toBe(4);
    await page.getByText('4 quotations found').waitFor({ state: 'attached' });
    const texts = await options(page).allInnerTexts();
    for (const [at, words] of [
      'We would rather close it now … Nobody likes it.',
      'Karl Berg, hedged',
      'fisherman',
      'Lund',
    ].entries())
      expect(texts[at]).toContain(words);
    await options(page).first().click();
    await page.getByText(/stand right behind it/).waitFor();

    // Corrected: stored with the speaker as typed, and known for the other quote at once.
    await page.keyboard.press('e');
    const field = page.getByRole('combobox', { name: 'Who says it?' });
    await field.fill('Hanne Lund');
    await page.keyboard.press('Enter');
    await expect.poll(() => options(page).count()).toBe(3);
    await expect.poll(() => options(page).last().innerText()).toContain('Hanne Lund');

    // Accepted: the focus is at the one that took its place.
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Karl Berg');
    await page.getByText('Came through a draft report, then The Post.').waitFor();
    await page.keyboard.press('a');
    await expect.poll(() => options(page).count()).toBe(2);

    // Refused, and brought back.
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('fisherman');
    await page.keyboard.press('r');
    await expect.poll(() => options(page).count()).toBe(1);
    await page.getByRole('button', { name: 'Bring back 1 refused' }).click();
    await expect.poll(() => options(page).count()).toBe(2);

    await options(page).first().click();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await expect.poll(() => options(page).count()).toBe(1);
    await expect
      .poll(() => quotesOf(url), { timeout: 30_000 })
      .toEqual([
        'Hanne Lund: We will see',
        'Hanne Lund: We would rather close it now,” said Lund, who runs the authority. “Nobody likes it.',
        'Karl Berg: It has cracks',
      ]);
    const berg = (await storedMarks(workspace, url)).find(({ quote }) => quote?.speaker === 'Karl Berg');
    expect(berg).toMatchObject({ motivation: 'quoting', quote: { style: 'direct', hedged: true } });
  });

  it('that were accepted come back with the undo of the page, and refused ones stay refused after a reload', async () => {
    const url = await newStory('Undone');
    await open(page, url);
    await page.getByRole('tab', { name: /^Quotes/ }).click();
    await page.getByRole('button', { name: 'Find quotes in this source' }).click();
    await expect.poll(() => options(page).count()).toBe(4);
    // What was corrected in the other source is known here.
    expect(await options(page).first().innerText()).toContain('Hanne Lund');
    await options(page).first().click();
    await page.keyboard.press('a');
    await expect.poll(() => options(page).count()).toBe(3);
    await page.keyboard.press('Control+z');
    await expect.poll(() => options(page).count()).toBe(4);
    await options(page).first().click();
    await page.keyboard.press('r');
    await expect.poll(() => options(page).count()).toBe(3);
    await page.reload();
    await page.getByText('Marks saved').waitFor({ state: 'attached' });
    await page.getByRole('tab', { name: /^Quotes/ }).click();
    await page.getByRole('button', { name: 'Find quotes in this source' }).click();
    await expect.poll(() => options(page).count()).toBe(3);
    await expect.poll(() => quotesOf(url)).toEqual([]);
  });

  it.each(['light', 'dark'] as const)(
    'fit a narrow page and have no accessibility fault, in %s',
    async (colorScheme) => {
      const url = await newStory(`Narrow ${colorScheme}`);
      await page.setViewportSize({ width: 390, height: 780 });
      await page.emulateMedia({ colorScheme });
      await open(page, url);
      await page.getByRole('button', { name: 'Note, quotes, claims' }).click();
      await page.getByRole('tab', { name: /^Quotes/ }).click();
      await page.getByRole('button', { name: 'Find quotes in this source' }).click();
      await expect.poll(() => options(page).count()).toBe(4);
      await options(page).nth(1).click();
      const accept = page.getByRole('button', { name: /^Accept/ });
      await accept.waitFor();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(390);
      const { violations } = await (await axe(page)).include('[role=dialog]').analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      await accept.click();
      await expect.poll(() => quotesOf(url)).toEqual(['Karl Berg: It has cracks']);
      expect(workspace.owner.faults).toEqual([]);
    },
  );
});
