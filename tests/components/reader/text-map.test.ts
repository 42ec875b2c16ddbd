import fc from 'fast-check';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, pageWith } from '../../support/browser';
import type * as InPage from './in-page';
import { sampleArticles } from './samples';

let browser: Browser;
let call: Awaited<ReturnType<typeof pageWith<typeof InPage>>>['call'];
beforeAll(async () => {
  browser = await launchBrowser();
  ({ call } = await pageWith<typeof InPage>(browser, ['./tests/components/reader/in-page.ts']));
});
afterAll(() => browser.close());

describe('the map between the article and its text, in Chromium', () => {
  test.each(sampleArticles())('is exact in both directions: $name', async ({ html, text }) => {
    expect(await call('open', html)).toBe(text);
    const offset = fc.nat(text.length);
    const few = text.length < 400;
    const offsets = few
      ? Array.from({ length: text.length + 1 }, (_, at) => at)
      : fc.sample(offset, { seed: 7, numRuns: 1_500 });
    expect(await call('mapFaults', offsets)).toEqual([]);
    const spans = fc.sample(offset, { seed: 8, numRuns: 300 });
    expect(await call('mapFaults', spans)).toEqual([]);
  });

  test.each(sampleArticles())('has blocks that leave out nothing but separators: $name', async ({ html }) => {
    await call('open', html);
    const { between, ordered, longest } = await call('blockFacts');
    expect(between.replaceAll(/[\n\t]/g, '')).toBe('');
    expect(ordered).toBe(true);
    expect(longest).toBeLessThanOrEqual(4_000);
  });

  test('cuts a line of 100,000 letters into several blocks', async () => {
    await call('open', `<p>${'letter '.repeat(15_000)}</p>`);
    expect((await call('blockFacts')).longest).toBe(4_000);
  });

  test('takes points in elements, and clamps those outside into the article', async () => {
    await call('open', '<p>One</p><p></p><p>Two</p>');
    expect(await call('elementPoints')).toEqual({ children: [0, 5, 5, 8], before: 0, after: 8, length: 8 });
  });

  test('says nothing wrong of an article without text', async () => {
    expect(await call('open', '<p></p>')).toBe('');
    expect(await call('mapFaults', [0])).toEqual([]);
    expect(await call('selectAround')).toBeNull();
  });
});
