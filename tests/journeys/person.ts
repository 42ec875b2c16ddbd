import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterEach, expect } from 'vitest';

export type Person = { readonly context: BrowserContext; readonly page: Page; readonly faults: string[] };

/** A person at a browser of their own. What their page reports as an error is kept: a journey ends with none. */
export async function newPerson(
  browser: Browser,
  options: { width?: number; height?: number } = {},
): Promise<Person> {
  const { width = 1440, height = 900 } = options;
  const context = await browser.newContext({ viewport: { width, height } });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  waitUntilReady(page);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      faults.push(message.text());
  });
  const person = { context, page, faults };
  people.push(person);
  return person;
}

const people: Person[] = [];
const MOST_WORDS = 3_000;

// A journey that fails where nobody looks on tells what its people had before them.
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  for (const { page, faults } of people.filter((person) => !person.page.isClosed())) {
    const seen = await page.evaluate(() => {
      const starts = (all: Iterable<Element>) => [...all].map((one) => one.outerHTML.slice(0, 160));
      const hidden = document.querySelectorAll<HTMLElement>('[aria-hidden="true"], [inert]');
      return {
        focus: starts(document.activeElement === null ? [] : [document.activeElement]),
        hidden: starts([...hidden].filter((one) => one.innerText?.trim())),
        words: document.body.innerText.replace(/\n+/g, ' | '),
      };
    });
    console.error(page.url(), { faults, ...seen, words: seen.words.slice(0, MOST_WORDS) });
  }
});

/** Makes opening and reloading a page wait until it answers: keys pressed before would go nowhere. */
function waitUntilReady(page: Page): void {
  const { goto, reload } = page;
  const ready = () =>
    page.waitForFunction(
      () =>
        document.querySelector('script[src*="/_next/"]') === null
          ? document.readyState === 'complete'
          : document.documentElement.dataset.ready !== undefined,
      undefined,
      { timeout: 60_000 },
    );
  page.goto = async (...given) => {
    const response = await goto.apply(page, given);
    await ready();
    return response;
  };
  page.reload = async (...given) => {
    const response = await reload.apply(page, given);
    await ready();
    return response;
  };
}

/** Takes the link that the terminal printed. */
export async function signInByLink(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.waitForURL(/\/projects/);
}

/** The article on a source's page. */
export const articleOf = (page: Page) => page.getByRole('document', { name: /^Text of/ });

/** Scrolls to a passage of the article; only cards near the view are on the page. */
export async function scrollToWords(page: Page, words: string): Promise<void> {
  await articleOf(page).evaluate((root, wanted) => {
    const blocks = [...root.querySelectorAll('p, h1, h2, li, blockquote')];
    const block = blocks.find((one) => one.textContent?.includes(wanted));
    if (block === undefined) throw new Error(`The article does not say “${wanted}”`);
    block.scrollIntoView({ block: 'center', behavior: 'instant' });
  }, words);
}

/** Selects words of the article with the mouse, from their first to their last letter. */
export async function selectWords(page: Page, words: string): Promise<void> {
  const ends = await page.evaluate((wanted) => {
    const root = document.querySelector('[role=document]');
    if (root === null) throw new Error('There is no article on this page');
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = (node as Text).data.indexOf(wanted);
      if (at === -1) continue;
      (node.parentElement as Element).scrollIntoView({ block: 'center', behavior: 'instant' });
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      const rects = [...range.getClientRects()];
      const first = rects[0] as DOMRect;
      const last = rects.at(-1) as DOMRect;
      return {
        from: [first.left + 1, first.top + first.height / 2],
        to: [last.right - 1, last.top + last.height / 2],
      };
    }
    throw new Error(`The article does not say “${wanted}” in one piece`);
  }, words);
  await page.mouse.move(ends.from[0] as number, ends.from[1] as number);
  await page.mouse.down();
  await page.mouse.move(ends.to[0] as number, ends.to[1] as number, { steps: 6 });
  await page.mouse.up();
  await page.getByRole('toolbar', { name: 'Mark the passage' }).waitFor();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(words);
}

/** The words under which the project's page opens the import dialog. */
export async function openBringIn(page: Page, projectUrl: string): Promise<void> {
  await page.goto(projectUrl);
  await page.getByRole('button', { name: 'Bring a source in' }).first().click();
  await page.getByRole('dialog').waitFor();
}

/** Saves what the dialog shows and waits until the source is open. */
export async function saveSource(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Save and open it' }).click();
  await page.waitForURL(/\/sources\/[0-9a-f-]{36}$/);
  await articleOf(page).waitFor();
  return page.url();
}
