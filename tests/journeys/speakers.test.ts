import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Person, selectWords } from './person';
import {
  ask,
  joinAs,
  newSource,
  openSource,
  startWorkspace,
  stopWorkspace,
  storedMarks,
  type Workspace,
} from './workspace';

let workspace: Workspace;
let other: Person;
beforeAll(async () => {
  workspace = await startWorkspace();
  other = await joinAs(workspace, 'Ada Other', 'editor');
}, 240_000);
afterAll(() => stopWorkspace(workspace));

const placeOf = (path: string) => `${workspace.program.url}/projects/${workspace.projectId}${path}`;
const shot = async (page: Page, name: string) => {
  if (process.env.GLOSS_SHOTS) await page.screenshot({ path: `${process.env.GLOSS_SHOTS}/${name}.png` });
};
const openCard = (page: Page) =>
  page
    .getByRole('article', { name: /^Quote by/ })
    .getByRole('button')
    .first()
    .click();
/** Chooses from a select by its label. */
async function choose(page: Page, label: RegExp, option: string): Promise<void> {
  await page.getByRole('button', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
}
async function makeQuote(title: string, quote: object): Promise<string> {
  const { owner, program, projectId } = workspace;
  const url = await newSource(workspace, title);
  const selector = [{ type: 'TextQuoteSelector', exact: 'We would rather close it now' }];
  const data = { sourceId: url.split('/').at(-1), motivation: 'quoting', selector, quote };
  await ask(owner, program, 'post', `/api/projects/${projectId}/annotations`, data);
  return url;
}

describe('A quote', { timeout: 240_000 }, () => {
  it('is given a speaker, a level and a chain, which the other sees at once', async () => {
    const { page } = workspace.owner;
    await newSource(workspace, 'The Herald');
    const url = await newSource(workspace, 'The Post');
    await openSource(page, url);
    await openSource(other.page, url);
    await selectWords(page, 'We would rather close it now than explain later why we did not');
    await page.keyboard.press('q');
    const form = page.getByRole('dialog', { name: 'New quote' });
    await form.getByRole('combobox', { name: 'Who says it?' }).fill('Hanne Lund');
    await form.getByText('this makes a new speaker').waitFor();
    // The list of suggestions hides the rest of the page until it is left.
    await page.keyboard.press('Tab');
    await form.getByRole('button', { name: 'How we know' }).click();
    await choose(page, /Attribution/, 'On background');
    await form.getByText('May be published, but not with their name').waitFor();
    await form.getByLabel('Words that hedge it').fill('reportedly');
    await form.getByRole('button', { name: 'Add a link' }).click();
    await form.getByRole('combobox', { name: 'What link 1 is called' }).fill('a draft report');
    await page.keyboard.press('Tab');
    await form.getByRole('button', { name: 'Add a link' }).click();
    await choose(page, /What link 2 is/, 'Another source');
    await choose(page, /Source of the project that link 2 is/, 'The Herald');
    await form.getByRole('button', { name: 'Move link 2 towards the speaker' }).click();
    await form.getByRole('button', { name: 'Move link 1 towards this source' }).click();
    await shot(page, 'mark-form');
    await form.getByRole('button', { name: 'Save' }).click();
    await expect
      .poll(async () => (await storedMarks(workspace, url))[0]?.quote, { timeout: 30_000 })
      .toMatchObject({ speaker: 'Hanne Lund', level: 'background', hedges: ['reportedly'], hedged: true });
    await openCard(other.page);
    const card = other.page.getByRole('article', { name: /^Quote by/ });
    await card.getByText('Hanne Lund ← a draft report ← The Herald ← The Post').waitFor();
    await card.getByText('On background').waitFor();
    await shot(other.page, 'card');
  });

  it('teaches an alias when it is corrected, and the finder knows it in the next source', async () => {
    const { owner, program, projectId } = workspace;
    const { page } = owner;
    const text = (words: string) => `The bridge is old, all agreed.\n\n“${words},” Berg reportedly said.`;
    const make = (title: string, words: string) =>
      ask<{ id: string }>(owner, program, 'post', `/api/projects/${projectId}/sources`, {
        title,
        text: text(words),
      });
    const [first, second] = [await make('One', 'It has cracks'), await make('Two', 'It will not hold')];
    const options = page.getByRole('listbox', { name: 'Proposed quotes' }).getByRole('option');
    const find = async (id: string) => {
      await page.goto(placeOf(`/sources/${id}`), { waitUntil: 'commit' });
      await page.getByText('Marks saved').waitFor({ state: 'attached' });
      await page.getByRole('tab', { name: /^Quotes/ }).click();
      await page.getByRole('button', { name: 'Find quotes in this source' }).click();
      await options.first().waitFor();
    };
    await find(first.id);
    await options.first().click();
    await page.keyboard.press('e');
    await page.getByRole('combobox', { name: 'Who says it?' }).fill('Karl Berg');
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => (await storedMarks(workspace, placeOf(`/sources/${first.id}`)))[0]?.quote)
      .toMatchObject({ speaker: 'Karl Berg', written: 'Berg', hedges: ['reportedly'] });
    await find(second.id);
    await expect.poll(() => options.first().innerText()).toContain('Karl Berg');
  });
});

describe('Speakers', { timeout: 240_000 }, () => {
  it('are merged, and taken apart again; the other sees both', async () => {
    await makeQuote('Short name', { speaker: 'Vogt' });
    const long = await makeQuote('Long name', { speaker: 'Elsa Vogt' });
    const { page } = workspace.owner;
    await other.page.goto(placeOf('/speakers'));
    const names = other.page.getByRole('list', { name: 'Speakers' });
    await names.getByRole('link', { name: 'Vogt', exact: true }).waitFor();
    await page.goto(placeOf('/speakers'));
    await shot(page, 'speakers');
    await page.getByRole('link', { name: 'Vogt', exact: true }).click();
    await choose(page, /Vogt is/, 'Elsa Vogt');
    await page.getByRole('button', { name: 'Merge' }).click();
    await page.getByRole('heading', { name: 'Elsa Vogt' }).waitFor();
    await page.getByRole('heading', { name: '2 quotes' }).waitFor();
    await shot(page, 'speaker');
    await names.getByRole('link', { name: 'Vogt', exact: true }).waitFor({ state: 'detached' });
    await names.getByText('also Vogt').waitFor();
    const alone = names.getByRole('link', { name: 'Vogt', exact: true });
    // The other may hear of it before whoever did it is answered, and until then there is nothing to take back.
    const answered = async (act: () => Promise<void>) => {
      const answer = page.waitForResponse(
        (one) => one.url().includes('/speakers/') && one.request().method() !== 'GET',
      );
      await act();
      await (await answer).finished();
    };
    await answered(() => page.getByRole('button', { name: 'Take apart' }).click());
    await alone.waitFor();
    // The keys take back and do again what was done to speakers, too.
    await answered(() => page.keyboard.press('Control+z'));
    await alone.waitFor({ state: 'detached' });
    await answered(() => page.keyboard.press('Control+Shift+z'));
    await alone.waitFor();
    expect((await storedMarks(workspace, long))[0]?.quote?.speaker).toBe('Elsa Vogt');
  });

  it('who are protected are a pseudonym to the other, at once and in every place', async () => {
    const url = await makeQuote('The leak', { speaker: 'Xanadu Quill' });
    const { page } = workspace.owner;
    await openSource(other.page, url);
    await other.page
      .getByRole('article', { name: /^Quote by/ })
      .getByText('Xanadu Quill')
      .waitFor();
    await page.goto(placeOf('/speakers'));
    await page.getByRole('link', { name: 'Xanadu Quill' }).click();
    await page.getByLabel('Pseudonym').fill('A clerk of the port');
    await page.getByRole('button', { name: 'Protect this speaker' }).click();
    await page.getByRole('heading', { level: 1, name: 'A clerk of the port' }).waitFor();
    await other.page
      .getByRole('article', { name: /^Quote by/ })
      .getByText('A clerk of the port')
      .waitFor();
    for (const path of ['/speakers', '/quotes', '/activity', '']) {
      await other.page.goto(placeOf(path));
      await other.page.getByRole('heading', { level: 1 }).waitFor();
      if (path === '/quotes' || path === '/speakers')
        await other.page.getByRole('link', { name: 'A clerk of the port' }).waitFor();
      expect(await other.page.content()).not.toContain('Xanadu');
    }
    await other.page.goto(placeOf('/speakers'));
    await other.page.getByRole('link', { name: 'A clerk of the port' }).click();
    await other.page.getByText('You are not among those who know who this is.').waitFor();
    await page.getByRole('button', { name: 'Show who this is' }).click();
    await expect.poll(() => page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Xanadu Quill');
    await shot(page, 'protected');
  });
});

describe('The table of quotes', { timeout: 240_000 }, () => {
  it('is narrowed, grouped and exported, and goes from row to row by keyboard', async () => {
    await makeQuote('Formula', { speaker: '=Cmd Lady', style: 'indirect' });
    const { page, faults } = workspace.owner;
    await page.goto(placeOf('/quotes'));
    const table = page.getByRole('table');
    await table.getByRole('link', { name: '=Cmd Lady' }).waitFor();
    await shot(page, 'quotes');
    await choose(page, /Group/, 'Grouped by speaker');
    await table.getByRole('rowheader', { name: '=Cmd Lady' }).waitFor();
    await shot(page, 'quotes-grouped');
    const first = table.locator('a[data-passage]').first();
    await first.focus();
    await page.keyboard.press('j');
    await expect
      .poll(() =>
        page.evaluate(() =>
          [...document.querySelectorAll('a[data-passage]')].indexOf(document.activeElement as Element),
        ),
      )
      .toBe(1);
    await choose(page, /Given as/, 'Indirect');
    await page.getByRole('searchbox', { name: 'Find in quotes' }).fill('cmd');
    await expect.poll(() => table.locator('a[data-passage]').count()).toBe(1);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export these rows' }).click(),
    ]);
    const csv = await readFile(await download.path(), 'utf8');
    expect(csv.trim().split('\r\n')).toHaveLength(2);
    expect(csv).toContain(`"'=Cmd Lady"`);
    expect(faults).toEqual([]);
    expect(other.faults).toEqual([]);
  });
});
