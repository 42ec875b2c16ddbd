import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe } from '../support/axe';
import { reportPdf } from '../support/report-pdf';
import { articleOf, openBringIn, saveSource, scrollToWords } from './person';
import { expectMarks, startWorkspace, stopWorkspace, type Workspace } from './workspace';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await startWorkspace();
}, 240_000);
afterAll(() => stopWorkspace(workspace));

const WORDS = 'Section 16 of it. The harbour bridge was closed on a Tuesday, which nobody';

const pagesOf = (page: Page) => page.getByRole('document', { name: /^Pages of/ });

/** The first page near the view is drawn for the width it has now. */
const drawnAnew = (page: Page) =>
  page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLElement>('.page-frame')].some(
      (frame) => frame.dataset.drawn === String(frame.clientWidth),
    ),
  );

/** Selects words with the pointer, from the middle of their first letter's height to that of their last. */
async function dragOver(page: Page, words: string): Promise<void> {
  const ends = await pagesOf(page).evaluate((root, wanted) => {
    // Between the runs of a page stand no spaces: letters alone are compared.
    const letters = [...root.querySelectorAll('.page-run')].flatMap((run) => {
      const node = run.firstChild as Text;
      return [...node.data].flatMap((letter, at) => (letter === ' ' ? [] : [{ letter, node, at }]));
    });
    const bare = wanted.replaceAll(' ', '');
    const from = letters
      .map(({ letter }) => letter)
      .join('')
      .indexOf(bare);
    const boxOf = (nth: number) => {
      const place = letters[nth];
      if (from < 0 || place === undefined) throw new Error('The pages do not say that');
      const range = document.createRange();
      range.setStart(place.node, place.at);
      range.setEnd(place.node, place.at + 1);
      return range.getBoundingClientRect();
    };
    letters[from]?.node.parentElement?.scrollIntoView({ block: 'center', behavior: 'instant' });
    const [first, last] = [boxOf(from), boxOf(from + bare.length - 1)];
    return {
      start: { x: first.left + 0.5, y: first.top + first.height / 2 },
      end: { x: last.right - 0.5, y: last.top + last.height / 2 },
    };
  }, words);
  await page.mouse.move(ends.start.x, ends.start.y);
  await page.mouse.down();
  await page.mouse.move(ends.end.x, ends.end.y, { steps: 6 });
  await page.mouse.up();
}

describe('A PDF', { timeout: 120_000 }, () => {
  it('is brought in, marked on its pages, and has the mark in its text', async () => {
    const { owner, program, projectId, browser } = workspace;
    const { page } = owner;
    const shots = process.env.GLOSS_SHOTS;
    const shoot = async (name: string) => {
      for (const scheme of shots ? (['light', 'dark'] as const) : [])
        for (const width of [390, 1440]) {
          await page.emulateMedia({ colorScheme: scheme });
          await page.setViewportSize({ width, height: 900 });
          if (name === 'pdf-pages') {
            await page.locator('.page-frame[data-page="2"]').evaluate((frame) => frame.scrollIntoView());
            await drawnAnew(page);
          }
          await page.screenshot({ path: `${shots}/${name}-${scheme}-${width}.png` });
        }
      await page.emulateMedia({ colorScheme: 'light' });
    };
    await openBringIn(page, `${program.url}/projects/${projectId}`);
    await page.getByRole('tab', { name: 'File' }).click();
    await page.locator('input[type=file]').setInputFiles({
      name: 'harbour.pdf',
      mimeType: 'application/pdf',
      buffer: await reportPdf(browser),
    });
    await page.getByText('Not brought in: What repeats at the top or foot of pages').waitFor();
    await shoot('pdf-preview');
    const url = await saveSource(page);
    await articleOf(page).getByText('Section 2 of it. Engineers had found cracks').waitFor();
    await shoot('pdf-text');

    await page.getByRole('button', { name: 'Pages', exact: true }).click();
    await page.locator('.page-frame[data-page="1"][data-drawn]').waitFor();
    const drawn = await page
      .locator('.page-canvas')
      .first()
      .evaluate((canvas: HTMLCanvasElement) => {
        const context = canvas.getContext('2d') as CanvasRenderingContext2D;
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        return data.some((value, at) => at % 4 === 0 && value < 64);
      });
    expect(drawn).toBe(true);
    const file = await page.request.get(`${url.replace('/projects/', '/api/projects/')}/file`);
    expect(file.headers()['content-security-policy']).toContain('sandbox');
    expect((await (await axe(page)).include('.pages').analyze()).violations).toEqual([]);
    const bar = page.getByRole('toolbar', { name: 'Mark the passage' });
    const select = async () => {
      await dragOver(page, WORDS);
      // A page that is still being laid out moves away from below the pointer.
      return bar.waitFor({ timeout: 5_000 }).then(
        () => true,
        () => false,
      );
    };
    await expect.poll(select, { timeout: 40_000 }).toBe(true);
    await page.keyboard.press('h');
    await expectMarks(workspace, url, [`highlighting: ${WORDS}`]);
    await shoot('pdf-pages');

    // What was marked on the page is a mark of the text.
    await page.getByRole('button', { name: 'Text', exact: true }).click();
    await articleOf(page).getByText('Section 16 of it. The harbour').waitFor();
    // Only marks near the view are painted, and the place that was kept is where the pages stood: from there the words
    // may be far.
    const painted = async () => {
      await scrollToWords(page, WORDS);
      return page.evaluate(() => {
        const wordsOf = ({ startContainer, startOffset, endContainer, endOffset }: AbstractRange) => {
          const range = document.createRange();
          range.setStart(startContainer, startOffset);
          range.setEnd(endContainer, endOffset);
          return range.toString();
        };
        return [...CSS.highlights.values()].flatMap((one) => [...one].map(wordsOf)).join('');
      });
    };
    await expect.poll(painted).toContain(WORDS);
    await shoot('pdf-marked-text');
    expect(owner.faults).toEqual([]);
  });
});
