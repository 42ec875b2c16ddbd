import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sanitiseArticle } from '@/components/reader/sanitise';
import { cleanHtml } from '@/server/sources/clean-html';
import { readArticle } from '@/server/sources/read-article';
import { articleHtml, tagSoup } from '../../support/arbitrary-html';
import { launchBrowser, pageWith } from '../../support/browser';
import { hasInputs, INPUTS } from '../../support/inputs';
import { partsOf } from '../../support/parse-tree';
import { XSS_CASES } from '../../support/xss-cases';

type InPage = typeof import('./sanitise-in-page');

let browser: Browser;
let show: (html: string, sanitise: boolean) => ReturnType<InPage['show']>;
const dialogs: string[] = [];
const requests: string[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  const { page, call } = await pageWith<InPage>(browser, ['./tests/components/reader/sanitise-in-page']);
  page.on('dialog', async (dialog) => {
    dialogs.push(dialog.message());
    await dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) requests.push(request.url());
  });
  show = (html, sanitise) => call('show', html, sanitise);
});
afterAll(async () => {
  await browser.close();
});

describe('sanitiseArticle in a real browser', () => {
  it.each(XSS_CASES)(
    'lets nothing run or load, though the server had cleaned nothing: $name',
    async ({ html }) => {
      const shown = await show(html, true);
      expect(shown).toMatchObject({ ran: null });
      expect(requests).toEqual([]);
      for (const { tag, name, value } of partsOf(shown.html).attributes) {
        // `is` cannot be taken off an element once made, only emptied.
        if (name === 'is' && value === '') continue;
        expect(['href', 'rel', 'lang', 'dir', 'start', 'colspan', 'rowspan', 'scope'], tag).toContain(name);
        if (name === 'href') expect(value).toMatch(/^(?:https?|mailto):/);
      }
      expect(dialogs).toEqual([]);
    },
  );

  it('asks nobody for anything, which the same html does without it', async () => {
    const address = 'http://127.0.0.1:9/beacon';
    const html = `<p>x</p><img src="${address}?1"><img srcset="${address}?2 2x"><video poster="${address}?3"></video>
      <link rel=stylesheet href="${address}?4"><style>@import "${address}?5";</style><iframe src="${address}?6"></iframe>
      <p style="background:url(${address}?7)">y</p><object data="${address}?8"></object><input type=image src="${address}?9">
      <svg><image href="${address}?a"/></svg><table background="${address}?b"><tr><td>z</table>`;
    await show(html, true);
    expect(requests).toEqual([]);
    await show(html, false);
    await expect.poll(() => new Set(requests).size).toBeGreaterThan(6);
    requests.length = 0;
  });

  it('is tried on cases that do run without it', async () => {
    const ran: string[] = [];
    for (const { name, html } of XSS_CASES.filter((one) => one.name.startsWith('image error')))
      if ((await show(html, false)).ran !== null) ran.push(name);
    expect(ran.length).toBeGreaterThan(4);
  });

  it.each([
    ['as articles have it', articleHtml],
    ['in any order', tagSoup],
  ])(
    'leaves stored html as it is, and the browser reads the stored text in it: tags %s',
    async (_words, arbitrary) => {
      await fc.assert(
        fc.asyncProperty(arbitrary, async (source) => {
          const { html, text } = cleanHtml(source, 'https://example.com/');
          const shown = await show(html, true);
          expect(shown.text).toBe(text);
          // Only the order of attributes may differ.
          expect(partsOf(shown.html)).toEqual(partsOf(html));
        }),
        { seed: 20_261_124, numRuns: 100 },
      );
    },
  );

  it.skipIf(!hasInputs)('leaves every real page as it was stored', async () => {
    for (const page of readdirSync(`${INPUTS}/pages`)) {
      const source = readFileSync(`${INPUTS}/pages/${page}/source.html`, 'utf8');
      const { html, text } = readArticle(source, 'https://example.com/page.html');
      const shown = await show(html, true);
      expect(shown.text, page).toBe(text);
      expect(partsOf(shown.html), page).toEqual(partsOf(html));
    }
  });
});

describe('sanitiseArticle without a browser', () => {
  it('throws rather than hand its input back', () => {
    expect(() => sanitiseArticle('<img src=x onerror=x>')).toThrow('cannot sanitise');
  });
});
