import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { articleOf, selectWords } from './person';
import {
  ask,
  expectMarks,
  joinAs,
  newSource,
  openSource,
  startWorkspace,
  stopWorkspace,
  storedMarks,
  type Workspace,
} from './workspace';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await startWorkspace();
}, 240_000);
afterAll(() => stopWorkspace(workspace));

const treeOf = (page: Page) => page.getByRole('treegrid', { name: 'Codes' });
const rowOf = (page: Page, name: string) => treeOf(page).getByRole('row', { name, exact: true });
/** The names of the wanted codes as the tree shows them, a dot for each level. */
const shapeOf = (page: Page, wanted: readonly string[]) =>
  treeOf(page)
    .getByRole('row')
    .evaluateAll(
      (rows, names) =>
        rows.flatMap((row) => {
          const name = names.find((each) => row.textContent?.includes(each));
          const level = Number(row.getAttribute('aria-level'));
          return name === undefined ? [] : [`${'.'.repeat(level - 1)}${name}`];
        }),
      wanted as string[],
    );
const shot = async (page: Page, name: string) => {
  if (process.env.GLOSS_SHOTS) await page.screenshot({ path: `${process.env.GLOSS_SHOTS}/${name}.png` });
};

describe('The codebook', { timeout: 300_000 }, () => {
  it('is built, moved, merged, taken apart and reviewed by two people who see each other’s work', async () => {
    const { owner, program, projectId } = workspace;
    const { page } = owner;
    const codebook = `${program.url}/projects/${projectId}/codebook`;
    const source = await newSource(workspace, 'The Herald');
    const other = await joinAs(workspace, 'Ben', 'editor');

    // A list is pasted; a line that can't be read is named, and nothing typed is lost.
    await page.goto(codebook);
    await page.getByRole('button', { name: 'Paste a list' }).click();
    const list = page.getByRole('textbox', { name: 'The list' });
    await list.fill('Bridge\n\tClosure\nFerry\n\tClosure');
    await page.getByText('Line 4: “Closure” stands in line 2 already').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Paste a list' }).click();
    expect(await list.inputValue()).toBe('Bridge\n\tClosure\nFerry\n\tClosure');
    await list.fill('Bridge\n\tClosure\nFerry\nTimetable\nCracks');
    await shot(page, 'codebook-paste');
    await page.getByRole('button', { name: 'Bring in 5 codes' }).click();
    await rowOf(page, 'Closure').waitFor();
    const names = ['Bridge', 'Closure', 'Ferry', 'Timetable', 'Cracks'];
    await expect
      .poll(() => shapeOf(page, names))
      .toEqual(['Bridge', '.Closure', 'Ferry', 'Timetable', 'Cracks']);

    // By keyboard alone, which the other sees.
    await other.page.goto(codebook);
    await rowOf(other.page, 'Timetable').waitFor();
    await rowOf(page, 'Timetable').focus();
    await page.keyboard.press('Alt+ArrowRight');
    await expect
      .poll(() => shapeOf(page, names))
      .toEqual(['Bridge', '.Closure', 'Ferry', '.Timetable', 'Cracks']);
    await page.keyboard.press('Alt+ArrowLeft');
    await page.keyboard.press('Alt+ArrowDown');
    await expect
      .poll(() => shapeOf(page, names))
      .toEqual(['Bridge', '.Closure', 'Ferry', 'Cracks', 'Timetable']);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    const told = ['Bridge', '.Closure', 'Ferry', '.Timetable', 'Cracks'];
    await expect.poll(() => shapeOf(page, names)).toEqual(told);
    await expect.poll(() => shapeOf(other.page, names)).toEqual(told);

    // In the source: a code in its own words, a code that is armed, one by its number.
    await openSource(page, source);
    await selectWords(page, 'cracks in two of the nine piers');
    await page.keyboard.press('i');
    await expectMarks(workspace, source, ['classifying: cracks in two of the nine piers']);
    await page.getByRole('region', { name: 'Codes' }).getByText('cracks in two of the nine piers').waitFor();
    const codes = page.getByRole('region', { name: 'Codes' });
    await codes.getByRole('listitem').filter({ hasText: 'Closure' }).hover();
    await codes.getByRole('button', { name: 'Code whatever I select with Closure' }).click();
    await selectArmed(page, 'will close for four months');
    await expectMarks(workspace, source, [
      'classifying: cracks in two of the nine piers',
      'classifying: will close for four months',
    ]);
    await selectArmed(page, 'close it now');
    // What is selected is read once the hand rests: the code is let go only then.
    await expectMarks(workspace, source, [
      'classifying: cracks in two of the nine piers',
      'classifying: will close for four months',
      'classifying: close it now',
    ]);
    await page.keyboard.press('Escape');
    await codes.getByRole('button', { name: 'Code whatever I select with Closure' }).waitFor();
    await selectWords(page, 'Ferries will run every ten minutes');
    // The code of the navigator is dragged onto the selected words.
    const dot = codes.getByRole('listitem').filter({ hasText: 'Timetable' }).getByTitle(/^Drag/);
    await dot.dragTo(articleOf(page).getByText('Ferries will run every ten minutes'), {
      targetPosition: { x: 40, y: 10 },
    });
    await expectMarks(workspace, source, [
      'classifying: will close for four months',
      'classifying: close it now',
      'classifying: cracks in two of the nine piers',
      'classifying: Ferries will run every ten minutes',
    ]);

    // What it means is said anew: what was coded before waits for a review.
    await page.goto(`${codebook}`);
    await rowOf(page, 'Closure').click();
    const passages = page.getByRole('list', { name: 'Passages' });
    await passages.getByText('will close for four months').waitFor();
    await page.getByRole('button', { name: 'Pick as an example' }).first().click();
    await page.getByRole('list', { name: 'Examples' }).getByRole('link').waitFor();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('textbox', { name: 'Definition' }).fill('The bridge can’t be crossed.');
    await page.getByRole('textbox', { name: 'When not' }).fill('Lanes that are narrowed.');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await shot(page, 'codebook');
    const queue = other.page.getByRole('region', { name: 'To review' });
    await queue.getByRole('button', { name: /^Closure\s*Review 2/ }).click();
    const waiting = other.page.getByRole('list', { name: 'Passages to review' });
    await expect.poll(() => waiting.getByRole('listitem').count()).toBe(2);
    await shot(other.page, 'codebook-review');
    await waiting.getByRole('button', { name: 'Keep' }).first().click();
    await expect.poll(() => waiting.getByRole('listitem').count()).toBe(1);
    await waiting.getByRole('button', { name: 'Change…' }).click();
    await other.page.getByText('Coded when it said:').waitFor();
    await other.page.getByRole('searchbox', { name: 'Find a code' }).fill('Bri');
    await other.page.keyboard.press('Enter');
    await queue.waitFor({ state: 'detached' });

    // A merge is seen by the other at once, and undone by Ctrl Z.
    await rowOf(page, 'Timetable').click();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Merge into another code…' }).click();
    await page.getByRole('searchbox', { name: 'Find a code' }).fill('Ferry');
    await page.keyboard.press('Enter');
    await shot(page, 'codebook-merge');
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    await rowOf(other.page, 'Timetable').waitFor({ state: 'detached' });
    await expect.poll(() => codesOn('Ferries will run every ten minutes')).toEqual(['Ferry']);
    await rowOf(page, 'Ferry').focus();
    await page.keyboard.press('Control+z');
    await page.getByText('Undone: merge of two codes').waitFor();
    await rowOf(other.page, 'Timetable').waitFor();
    await expect.poll(() => codesOn('Ferries will run every ten minutes')).toEqual(['Timetable']);

    // Also later, when there is nothing left to undo: what was removed is brought back.
    await rowOf(other.page, 'Cracks').click();
    await other.page.getByRole('button', { name: 'More', exact: true }).click();
    await other.page.getByRole('menuitem', { name: 'Remove' }).click();
    await rowOf(page, 'Cracks').waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText('Removed codes (1)').click();
    await page.getByRole('button', { name: 'Bring back' }).click();
    await rowOf(page, 'Cracks').waitFor();
    await rowOf(other.page, 'Cracks').waitFor();

    // A split, and back.
    await rowOf(page, 'Closure').click();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Split off a code…' }).click();
    await page.getByRole('textbox', { name: 'Name of the new code' }).fill('Reopening');
    await page.getByRole('checkbox').first().check({ force: true });
    await shot(page, 'codebook-split');
    await page.getByRole('button', { name: 'Split off with 1 passage' }).click();
    await rowOf(other.page, 'Reopening').waitFor();
    await page.getByRole('button', { name: 'Put it back' }).click();
    await rowOf(other.page, 'Reopening').waitFor({ state: 'detached' });

    // A line of the list leads to its place in the source.
    await rowOf(page, 'Timetable').click();
    await passages.getByRole('link', { name: 'Ferries will run every ten minutes' }).click();
    await page.waitForURL(/\/sources\/[0-9a-f-]+\?mark=/);
    const card = page.getByRole('article', { name: /^Code by/ });
    await card.filter({ hasText: 'Ferries will run every ten minutes' }).waitFor();
    expect([...owner.faults, ...other.faults]).toEqual([]);

    async function codesOn(exact: string): Promise<string[]> {
      const marks = await storedMarks(workspace, source);
      const path = `/api/projects/${projectId}/codes`;
      const known = await ask<{ items: { id: string; name: string }[] }>(owner, program, 'get', path);
      const mark = marks.find(({ selector: [, quote] }) => quote.exact === exact);
      return (mark?.codeIds ?? []).map((id) => known.items.find((code) => code.id === id)?.name ?? id);
    }
  });
});

/** Selects words while a code is armed: no bar opens then. */
async function selectArmed(page: Page, words: string): Promise<void> {
  const ends = await articleOf(page).evaluate(async (root, wanted) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node !== null && range.collapsed; node = walker.nextNode()) {
      const at = (node as Text).data.indexOf(wanted);
      if (at === -1) continue;
      (node.parentElement as Element).scrollIntoView({ block: 'center', behavior: 'instant' });
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
    }
    if (range.collapsed) throw new Error(`The article does not say “${wanted}” in one piece`);
    const places = () => {
      const rects = [...range.getClientRects()];
      const [first, last] = [rects[0] as DOMRect, rects.at(-1) as DOMRect];
      return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
    };
    // The text may still move, by what a mark brings to the page: it is selected where it comes to rest.
    for (let before = places(), still = 0; still < 5; ) {
      await new Promise(requestAnimationFrame);
      const now = places();
      still = now.join() === before.join() ? still + 1 : 0;
      before = now;
    }
    return places();
  }, words);
  await page.mouse.move(ends[0] as number, ends[1] as number);
  await page.mouse.down();
  await page.mouse.move(ends[2] as number, ends[3] as number, { steps: 6 });
  await page.mouse.up();
}
