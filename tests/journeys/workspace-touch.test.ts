import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { articleOf, newPerson, type Person } from './person';
import {
  enterNote,
  expectMarks,
  newSource,
  noteWords,
  openSource,
  selectByHandles,
  startWorkspace,
  stopWorkspace,
  TELEPHONE,
  type Workspace,
} from './workspace';

let workspace: Workspace;
let person: Person;
let url: string;

beforeAll(async () => {
  workspace = await startWorkspace();
  const context = await workspace.browser.newContext(TELEPHONE);
  await context.addCookies(await workspace.owner.context.cookies());
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  person = { ...(await newPerson(workspace.browser)), context, page };
  page.on('pageerror', (error) => person.faults.push(error.message));
  url = await newSource(workspace, 'By touch');
  await openSource(page, url);
}, 180_000);
afterAll(() => stopWorkspace(workspace));

const tapBar = (name: string) =>
  person.page.getByRole('toolbar', { name: 'Mark the passage' }).getByRole('button', { name }).tap();
/** By its place rather than its role: an open list of suggestions hides the rest from screen readers, not from a finger. */
const tapSave = (form: string) => person.page.locator(`form[aria-label="${form}"] button[type=submit]`).tap();

describe('marking by touch on a telephone', { timeout: 180_000 }, () => {
  it('shows the bar whole under the passage, in reach of a finger', async () => {
    const { page } = person;
    await selectByHandles(page, 'four months');
    const bar = page.getByRole('toolbar', { name: 'Mark the passage' });
    const [box, passage] = await Promise.all([
      bar.boundingBox(),
      page.evaluate(() => document.getSelection()?.getRangeAt(0).getBoundingClientRect().bottom),
    ]);
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    expect(box?.y).toBeGreaterThanOrEqual(passage as number);
    const buttons = await bar.getByRole('button').all();
    expect(buttons).toHaveLength(8);
    for (const button of buttons) {
      const size = await button.boundingBox();
      expect(Math.min(size?.width ?? 0, size?.height ?? 0)).toBeGreaterThanOrEqual(44);
    }
  });

  it('makes every kind of mark by tapping, and a first one of a kind moves nothing', async () => {
    const { page } = person;
    const top = () => articleOf(page).evaluate((root) => root.getBoundingClientRect().top);
    const before = await top();
    await tapBar('Highlight');
    await page.getByText('1 mark', { exact: true }).waitFor();
    expect(await top()).toBe(before);

    await selectByHandles(page, 'We would rather close it now');
    await tapBar('Quote');
    await page.getByRole('combobox', { name: 'Who says it?' }).fill('Hanne Lund');
    await tapSave('Quote');
    await selectByHandles(page, 'cracks in two of the nine piers');
    const low = await top();
    await tapBar('Claim');
    await tapSave('Claim');
    await page.getByText('3 marks', { exact: true }).waitFor();
    expect(await top()).toBe(low);
    await selectByHandles(page, 'The city has not published');
    await tapBar('Comment');
    await page.getByRole('textbox', { name: 'Comment' }).fill('Ask for it.');
    await tapSave('Comment');
    await selectByHandles(page, 'every ten minutes');
    await tapBar('Code');
    await page.getByRole('menuitem', { name: 'Intent' }).tap();
    await expectMarks(workspace, url, [
      'highlighting: four months',
      'quoting: We would rather close it now',
      'claiming: cracks in two of the nine piers',
      'commenting: The city has not published',
      'classifying: every ten minutes',
    ]);
  });

  it('puts a passage in the note, whose sheet opens for it', async () => {
    const { page } = person;
    await selectByHandles(page, 'no room to land');
    await tapBar('Note');
    await expect.poll(() => noteWords(page), { timeout: 30_000 }).toContain('no room to land');
    await enterNote(page);
    await page.keyboard.type('Call them.');
    await page.locator('.note-state').getByText('Saved', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Close' }).tap();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('opens a mark in a sheet at a tap on it, and shows only what is filtered for', async () => {
    const { page } = person;
    await page.evaluate(() => document.getSelection()?.removeAllRanges());
    const at = await articleOf(page).evaluate((root) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const start = (node as Text).data.indexOf('rather close');
        if (start === -1) continue;
        (node.parentElement as Element).scrollIntoView({ block: 'center', behavior: 'instant' });
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, start + 6);
        const box = range.getBoundingClientRect();
        return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
      }
      throw new Error('The quote is not there');
    });
    await page.touchscreen.tap(at.x, at.y);
    const sheet = page.getByRole('dialog', { name: 'Quote' });
    await sheet.getByText('Hanne Lund').waitFor();
    await sheet.getByRole('button', { name: 'Close' }).tap();
    await sheet.waitFor({ state: 'detached' });

    await articleOf(page).evaluate((root) => root.scrollIntoView({ block: 'center', behavior: 'instant' }));
    await page.getByRole('button', { name: /^Filter/ }).tap();
    await page.getByRole('button', { name: /^Claims/ }).tap();
    await page.getByText('1 of 6 shown').waitFor();
    await page.getByRole('button', { name: 'Show all' }).tap();
    await page.getByText('6 marks', { exact: true }).waitFor({ state: 'attached' });
    expect(person.faults).toEqual([]);
  });
});
