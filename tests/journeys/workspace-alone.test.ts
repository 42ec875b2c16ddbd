import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { articleOf, openBringIn, selectWords } from './person';
import {
  enterNote,
  expectMarks,
  newSource,
  noteWords,
  openSource,
  PARAGRAPHS,
  startWorkspace,
  stopWorkspace,
  storedMarks,
  type Workspace,
} from './workspace';

let workspace: Workspace;
let page: Page;
let site: Server;
let siteUrl: string;
/** Requests the slow site holds open, and how many of them were given up. */
const held = { open: 0, dropped: 0 };

beforeAll(async () => {
  site = createServer((request) => {
    held.open++;
    request.socket.once('close', () => held.dropped++);
  });
  await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
  const host = `127.0.0.1:${(site.address() as AddressInfo).port}`;
  siteUrl = `http://${host}/slow`;
  workspace = await startWorkspace({ GLOSS_TEST_IMPORT_HOSTS: host });
  page = workspace.owner.page;
}, 180_000);
afterAll(async () => {
  await stopWorkspace(workspace);
  site?.closeAllConnections();
  site?.close();
});

describe('one person in the workspace', { timeout: 180_000 }, () => {
  it('a card of the margin, and marked words of the article, become chips where they are dropped', async () => {
    const url = await newSource(workspace, 'Dragged');
    await openSource(page, url);
    await enterNote(page);
    await page.keyboard.type('See here.');
    await selectWords(page, 'four months');
    await page.keyboard.press('h');
    await selectWords(page, 'nine piers');
    await page.keyboard.press('h');
    const card = page.getByRole('article', { name: /^Highlight by/ });
    const paragraph = page.locator('.note-text p').last();
    await card.first().dragTo(paragraph, { targetPosition: { x: 2, y: 10 } });
    await expect.poll(() => noteWords(page)).toMatch(/^Highlight .*four months.* See here\.$/);
    await selectWords(page, 'nine piers');
    const words = await page.evaluate(() => {
      const box = document.getSelection()?.getRangeAt(0).getBoundingClientRect() as DOMRect;
      return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    });
    await page.mouse.move(words.x, words.y);
    await page.mouse.down();
    const host = (await page.locator('.note-text p').last().boundingBox()) as { x: number; y: number };
    await page.mouse.move(host.x + 40, host.y + 12, { steps: 8 });
    await page.mouse.move(host.x + 3, host.y + 12, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => page.locator('.note-text .quote-chip').count()).toBe(2);
    await expect.poll(() => noteWords(page)).toContain('nine piers');
    await page.locator('.note-state').getByText('Saved', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('a code first and then the words, or the words first and then a code: both code them', async () => {
    const url = await newSource(workspace, 'Coded');
    await openSource(page, url);
    const codes = page.getByRole('region', { name: 'Codes' });
    await codes.getByRole('button', { name: /^Intent/ }).hover();
    await codes.getByRole('button', { name: 'Code whatever I select with Intent' }).click();
    await drag(page, 'rather close it now');
    await drag(page, 'cracks in two');
    await codes.getByRole('button', { name: 'Stop coding with Intent' }).click();
    await selectWords(page, 'every ten minutes');
    await page.keyboard.press('2');
    await selectWords(page, 'no room to land');
    await codes.getByRole('button', { name: /^Denial/ }).click();
    await expectMarks(workspace, url, [
      'classifying: rather close it now',
      'classifying: cracks in two',
      'classifying: every ten minutes',
      'classifying: no room to land',
    ]);
    const chosen = (await storedMarks(workspace, url)).map(({ codeIds }) => codeIds.join());
    expect(new Set(chosen).size).toBe(3);
  });

  it('by keys alone: sentence, both ends, mark, undo and redo', async () => {
    const url = await newSource(workspace, 'By keys');
    await openSource(page, url);
    await articleOf(page).focus();
    const selected = () => page.evaluate(() => document.getSelection()?.toString());
    const press = async (key: string, words: string) => {
      await page.keyboard.press(key);
      await expect.poll(selected).toBe(words);
    };
    await press('j', PARAGRAPHS[0]);
    await press('j', 'We would rather close it now than explain later why we did not, said Hanne Lund.');
    await press('j', 'She runs the authority.');
    await press('k', 'We would rather close it now than explain later why we did not, said Hanne Lund.');
    await press('Shift+ArrowDown', PARAGRAPHS[1]);
    await press(
      'Shift+ArrowUp',
      'We would rather close it now than explain later why we did not, said Hanne Lund.',
    );
    // A word ends before its full stop.
    await press(
      'Control+Shift+ArrowLeft',
      'We would rather close it now than explain later why we did not, said Hanne Lund',
    );
    await press(
      'Control+Shift+ArrowLeft',
      'We would rather close it now than explain later why we did not, said Hanne',
    );
    await press(
      'Shift+ArrowLeft',
      'We would rather close it now than explain later why we did not, said Hann',
    );
    await page.keyboard.press('o');
    await press(
      'Control+Shift+ArrowRight',
      'would rather close it now than explain later why we did not, said Hann',
    );
    await press('Shift+ArrowRight', 'ould rather close it now than explain later why we did not, said Hann');
    await press('Shift+ArrowLeft', 'would rather close it now than explain later why we did not, said Hann');
    await page.keyboard.press('h');
    const mark = 'highlighting: would rather close it now than explain later why we did not, said Hann';
    await expectMarks(workspace, url, [mark]);
    await page.keyboard.press('Control+z');
    await expectMarks(workspace, url, []);
    await page.keyboard.press('Control+Shift+z');
    await expectMarks(workspace, url, [mark]);
    await page.keyboard.press(']');
    await page.keyboard.press('Enter');
    const card = page.getByRole('article', { name: /^Highlight by/ });
    await expect.poll(() => card.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await expect
      .poll(() => articleOf(page).evaluate((element) => element === document.activeElement))
      .toBe(true);
  });

  it('the width of a column and a folded one are as they were after a reload', async () => {
    const url = await newSource(workspace, 'Columns');
    await openSource(page, url);
    const note = page.locator('#note-column');
    const navigator = page.locator('#navigator');
    const edge = page.getByRole('separator', { name: 'Width of the note' });
    const grip = (await edge.boundingBox()) as { x: number; y: number };
    await page.mouse.move(grip.x, grip.y + 200);
    await page.mouse.down();
    await page.mouse.move(grip.x - 60, grip.y + 200, { steps: 4 });
    await page.mouse.up();
    await page.getByRole('separator', { name: 'Width of the navigator' }).focus();
    await page.keyboard.press('ArrowRight');
    const widths = async () => [
      Math.round((await note.boundingBox())?.width ?? 0),
      Math.round((await navigator.boundingBox())?.width ?? 0),
    ];
    expect(await widths()).toEqual([452, 248]);
    await page.reload();
    await expect.poll(widths).toEqual([452, 248]);
    await page.getByRole('button', { name: 'Fold the navigator' }).click();
    await navigator.waitFor({ state: 'detached' });
    await page.reload();
    await articleOf(page).getByText('four months').waitFor();
    await page.getByRole('button', { name: 'Show the navigator' }).click();
    await expect.poll(widths).toEqual([452, 248]);
  });

  it('an import that takes long can be called off, and the address stays as typed', async () => {
    await openBringIn(page, `${workspace.program.url}/projects/${workspace.projectId}`);
    await page.getByRole('tab', { name: 'From an address' }).click();
    await page.getByLabel('Address of the page').fill(siteUrl);
    await page.getByRole('button', { name: 'Read it' }).click();
    await expect.poll(() => held.open, { timeout: 30_000 }).toBe(1);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByLabel('Address of the page').waitFor();
    expect(await page.getByLabel('Address of the page').inputValue()).toBe(siteUrl);
    // The server lets go of the page too, rather than fetching it for nobody.
    await expect.poll(() => held.dropped, { timeout: 30_000 }).toBe(1);
    expect(workspace.owner.faults).toEqual([]);
  });
});

/** Selects words with the mouse where no bar follows, since a code is put on them at once. */
async function drag(at: Page, words: string): Promise<void> {
  const before = await at.getByRole('article', { name: /^Code by/ }).count();
  const ends = await articleOf(at).evaluate((root, wanted) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const start = (node as Text).data.indexOf(wanted);
      if (start === -1) continue;
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, start + wanted.length);
      const rects = [...range.getClientRects()];
      const first = rects[0] as DOMRect;
      const last = rects.at(-1) as DOMRect;
      return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
    }
    throw new Error(`The article does not say “${wanted}” in one piece`);
  }, words);
  const [fromX = 0, fromY = 0, toX = 0, toY = 0] = ends;
  await at.mouse.move(fromX, fromY);
  await at.mouse.down();
  await at.mouse.move(toX, toY, { steps: 6 });
  await at.mouse.up();
  await expect.poll(() => at.getByRole('article', { name: /^Code by/ }).count()).toBe(before + 1);
}
