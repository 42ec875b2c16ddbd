import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { trimSpan } from '@/lib/annotations/trim-span';
import { launchBrowser, pageWith } from '../../support/browser';
import type * as InPage from './in-page';
import { sampleArticles } from './samples';

const HTML =
  '<h2>A head</h2><p>The draft names <em>nine firms</em> and more.</p><p>私たちは何もしていない。</p>' +
  '<p dir="rtl">שלום עולם טוב</p><p>Family 👨‍👩‍👧 here</p><table><tr><td>cell one</td><td>cell two</td></tr></table>';

let browser: Browser;
let page: Page;
let call: Awaited<ReturnType<typeof pageWith<typeof InPage>>>['call'];
let text: string;
beforeAll(async () => {
  browser = await launchBrowser();
  ({ page, call } = await pageWith<typeof InPage>(browser, ['./tests/components/reader/in-page.ts']));
  text = await call('open', HTML);
});
afterAll(() => browser.close());

const spanOf = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });

/** Drags over some words with the mouse, from the edge of their first letter to that of their last. */
async function drag(words: string, back = false): Promise<string | null> {
  const { start, end } = spanOf(words);
  const [first] = await call('boxesOf', { start, end: start + 1 });
  const [last] = await call('boxesOf', { start: end - 1, end });
  if (first === undefined || last === undefined) throw new Error(`"${words}" has no boxes`);
  const rtl = /\p{Script=Hebrew}/u.test(words);
  const from = { x: rtl ? first.right : first.left, y: (first.top + first.bottom) / 2 };
  const to = { x: rtl ? last.left : last.right, y: (last.top + last.bottom) / 2 };
  const [a, b] = back ? [to, from] : [from, to];
  await page.mouse.click(5, 5);
  await page.mouse.move(a.x, a.y);
  await page.mouse.down();
  await page.mouse.move(b.x, b.y, { steps: 4 });
  await page.mouse.up();
  const span = await call('selected');
  return span === null ? null : text.slice(span.start, span.end);
}

describe('the Span of a selection, in Chromium', () => {
  test.each([
    'draft names nine',
    'nine firms',
    '何もして',
    'firms and more.\n\n私たち',
    'שלום עולם',
    'cell one\tcell',
  ])('is what was dragged over, in either direction: "%s"', async (words) => {
    expect(await drag(words)).toBe(words);
    expect(await drag(words, true)).toBe(words);
  });

  test('is the paragraph after a triple click, without what follows', async () => {
    const [box] = await call('boxesOf', spanOf('draft'));
    if (box === undefined) throw new Error('no box');
    await page.mouse.click(box.left + 3, box.top + 5, { clickCount: 3 });
    const span = await call('selected');
    expect(span).toEqual(spanOf('The draft names nine firms and more.'));
  });

  test('follows the keyboard: Shift and arrows move its end', async () => {
    expect(await drag('draft')).toBe('draft');
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Shift+ArrowRight');
    const span = await call('selected');
    expect(span && text.slice(span.start, span.end)).toBe('draft na');
  });

  test('leaves out white space at the ends and never splits a character', async () => {
    const { start } = spanOf(' 👨‍👩‍👧 here');
    const around = await call('select', { start, end: start + 3 });
    expect(around).toEqual(spanOf('👨‍👩‍👧'));
  });

  test('is cut to the article when the selection begins before and ends after it', async () => {
    expect(await call('selectAround')).toEqual({ start: 0, end: text.length });
  });

  test('is nothing for a caret, for a selection elsewhere and for white space', async () => {
    await page.mouse.click(5, 5);
    expect(await call('selected')).toBeNull();
    expect(await call('selectOutside')).toBeNull();
    const { start } = spanOf(' names');
    expect(await call('select', { start, end: start + 1 })).toBeNull();
  });

  test.each(sampleArticles())('comes back from the page as it was put there: $name', async ({ html }) => {
    const own = await call('open', html);
    const spans = fc.sample(fc.tuple(fc.nat(own.length), fc.nat(200)), { seed: 4, numRuns: 40 });
    for (const [from, length] of spans) {
      const span = trimSpan(own, { start: from, end: Math.min(from + length, own.length) });
      if (span !== null) expect(await call('select', span)).toEqual(span);
    }
    text = await call('open', HTML);
  });
});
