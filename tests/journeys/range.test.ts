import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectWords } from './person';
import {
  ask,
  expectMarks,
  openSource,
  PARAGRAPHS,
  startWorkspace,
  stopWorkspace,
  type Workspace,
} from './workspace';

let workspace: Workspace;
let original: Server;

beforeAll(async () => {
  original = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    const filler = '<p style="block-size: 3000px">Above it all.</p>';
    response.end(
      `<title>Harbour</title>${filler}${PARAGRAPHS.map((text) => `<p>${text}</p>`).join('')}${filler}`,
    );
  }).listen(0, '127.0.0.1');
  workspace = await startWorkspace();
}, 240_000);
afterAll(async () => {
  await stopWorkspace(workspace);
  original?.close();
});

const sliderOf = (page: Page, end: 'Start' | 'End') =>
  page.getByRole('slider', { name: `${end} of the passage` });

/** A source of our own with one highlight on these words, its card open. */
async function markedSource(words: string): Promise<string> {
  const { owner, program, projectId } = workspace;
  const { port } = original.address() as AddressInfo;
  const { id } = await ask<{ id: string }>(owner, program, 'post', `/api/projects/${projectId}/sources`, {
    title: `About ${words}`,
    text: PARAGRAPHS.join('\n\n'),
    url: `http://127.0.0.1:${port}/harbour`,
  });
  const url = `${program.url}/projects/${projectId}/sources/${id}`;
  const { page } = owner;
  await openSource(page, url);
  await selectWords(page, words);
  await page.keyboard.press('h');
  await expectMarks(workspace, url, [`highlighting: ${words}`]);
  await page
    .getByRole('article', { name: /^Highlight by/ })
    .getByRole('button')
    .click();
  return url;
}

describe('The range of a mark', () => {
  it('is changed by keys at either end, by letter, word and sentence, and undone', async () => {
    const { page, faults } = workspace.owner;
    const url = await markedSource('cracks in two');
    await page.getByRole('button', { name: 'Change the passage' }).click();
    await expect
      .poll(() => sliderOf(page, 'End').evaluate((one) => one === document.activeElement))
      .toBe(true);
    await page.keyboard.press('Control+ArrowRight');
    await page.keyboard.press('Control+ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('ArrowUp');
    expect(await sliderOf(page, 'Start').getAttribute('aria-valuetext')).toMatch(/^Engineers found/);
    await page.keyboard.press('Enter');
    await expectMarks(workspace, url, ['highlighting: Engineers found cracks in two of th']);
    await page.getByText('Undo', { exact: true }).click();
    await expectMarks(workspace, url, ['highlighting: cracks in two']);
    expect(faults).toEqual([]);
  });

  it('stays as it was when the editing is called off', async () => {
    const { page } = workspace.owner;
    const url = await markedSource('every ten minutes');
    await page.getByRole('button', { name: 'Change the passage' }).click();
    await page.keyboard.press('Control+ArrowRight');
    await page.keyboard.press('Escape');
    await sliderOf(page, 'End').waitFor({ state: 'detached' });
    await expectMarks(workspace, url, ['highlighting: every ten minutes']);
  });

  it('is changed by dragging an end', async () => {
    const { page } = workspace.owner;
    const url = await markedSource('close for four months');
    await page.getByRole('button', { name: 'Change the passage' }).click();
    const knob = await sliderOf(page, 'End').boundingBox();
    const target = await page.evaluate(() => {
      const walker = document.createTreeWalker(
        document.querySelector('[role=document]') as Node,
        NodeFilter.SHOW_TEXT,
      );
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const at = (node as Text).data.indexOf('port authority');
        if (at === -1) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 'port authority'.length);
        const box = [...range.getClientRects()].at(-1) as DOMRect;
        return { x: box.right, y: box.top + box.height / 2 };
      }
      throw new Error('The article does not name the port authority');
    });
    if (knob === null) throw new Error('The end of the passage is not on the page');
    await page.mouse.move(knob.x + knob.width / 2, knob.y + knob.height - 12);
    await page.mouse.down();
    await page.mouse.move(target.x - 30, target.y, { steps: 4 });
    await page.mouse.move(target.x, target.y, { steps: 4 });
    await page.mouse.up();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expectMarks(workspace, url, ['highlighting: close for four months, the port authority']);
  });
});

describe('A link to a passage', () => {
  it('opens the original where the passage stands', async () => {
    const { page, context } = workspace.owner;
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await markedSource('no room to land');
    await page.getByRole('button', { name: 'Copy a link to the passage' }).click();
    await page.getByText('Copied', { exact: true }).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toMatch(/\/harbour#:~:text=no%20room%20to%20land$/);
    const opened = await context.newPage();
    await opened.goto(link);
    await expect.poll(() => opened.evaluate(() => scrollY)).toBeGreaterThan(1_000);
    await opened.close();
  });
});
