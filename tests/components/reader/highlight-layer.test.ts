import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Mark } from '@/components/reader/highlight-layer';
import { launchBrowser, pageWith } from '../../support/browser';
import type * as InPage from './in-page';
import { longArticle } from './samples';

let browser: Browser;
let page: Page;
let call: Awaited<ReturnType<typeof pageWith<typeof InPage>>>['call'];
let text: string;
beforeAll(async () => {
  browser = await launchBrowser();
  ({ page, call } = await pageWith<typeof InPage>(browser, ['./tests/components/reader/in-page.ts']));
});
beforeEach(async () => {
  text = await call('open', longArticle(400));
});
afterAll(() => browser.close());

type Span = { start: number; end: number };
const mark = (id: string, words: string, colour = 'amber'): Mark => ({
  id,
  start: text.indexOf(words),
  end: text.indexOf(words) + words.length,
  colour,
});
const manyMarks = (count: number, seed = 1): Mark[] =>
  fc
    .sample(fc.tuple(fc.nat(text.length - 400), fc.integer({ min: 1, max: 300 }), fc.nat(4)), {
      seed,
      numRuns: count,
    })
    .map(([start, length, colour], at) => ({
      id: `m${at}`,
      start,
      end: start + length,
      colour: `c${colour}`,
    }));

/** The units of the text that are painted in a colour. */
const unitsOf = (spans: readonly Span[] = []): Set<number> => {
  const units = new Set<number>();
  for (const { start, end } of spans) for (let at = start; at < end; at += 1) units.add(at);
  return units;
};

/** Checks that what is in view is painted as a plain walk over all marks would paint it. */
async function expectPainted(marks: readonly Mark[]): Promise<void> {
  const { view, blocks } = await call('spans');
  const painted = await call('painted');
  for (const colour of new Set(marks.map((each) => each.colour))) {
    const inText = (at: number) => blocks.some(({ start, end }) => start <= at && at < end);
    const wanted = [...unitsOf(marks.filter((each) => each.colour === colour))].filter(
      (at) => at >= view.start && at < view.end && inText(at),
    );
    const found = [...unitsOf(painted[colour])].filter((at) => at >= view.start && at < view.end);
    expect(found.sort((a, b) => a - b)).toEqual(wanted.sort((a, b) => a - b));
  }
}

describe('the highlight layer, in Chromium', () => {
  test('paints in view exactly what the marks cover, at the top, after scrolling and after changes', async () => {
    let marks = manyMarks(1_500);
    await call('setMarks', marks);
    await expectPainted(marks);
    for (const top of [4_000, 4_100, 12_000, 300, 0]) {
      await call('scrollTo', top);
      const { view } = await call('spans');
      await page.waitForFunction(
        ([start, end]) => {
          const { modules } = globalThis as unknown as { modules: typeof InPage };
          const all = Object.values(modules.painted()).flat();
          return (
            Math.min(...all.map((s) => s.start)) <= start + 400 &&
            Math.max(...all.map((s) => s.end)) >= end - 400
          );
        },
        [view.start, view.end] as const,
      );
      await expectPainted(marks);
    }
    for (const id of ['m3', 'm70', 'm901']) await call('change', { remove: id });
    const again = { ...(marks[5] as Mark), start: 10, end: 90, colour: 'c1' };
    await call('change', { add: again });
    marks = marks.filter(({ id }) => !['m3', 'm70', 'm901', 'm5'].includes(id)).concat(again);
    await expectPainted(marks);
  });

  test('keeps ranges only near the view, however many marks there are', async () => {
    await call('setMarks', manyMarks(4_000));
    const { view } = await call('spans');
    const all = Object.values(await call('painted')).flat();
    expect(all.length).toBeGreaterThan(0);
    const reach = (view.end - view.start) * 1.5;
    expect(all.filter(({ start }) => start > view.end + reach)).toEqual([]);
  });

  test('changes only the ranges of the blocks a mark touches', async () => {
    await call('setMarks', manyMarks(1_000));
    const { all } = await call('comparePainted');
    await call('change', { add: mark('far', 'Paragraph number 390', 'teal') });
    expect(await call('comparePainted')).toEqual({ same: all, fresh: 0, all });
    await call('change', { add: mark('here', 'Paragraph number 1 tells', 'teal') });
    expect(await call('comparePainted')).toEqual({ same: all, fresh: 1, all: all + 1 });
    await call('change', { remove: 'here' });
    expect(await call('comparePainted')).toEqual({ same: all, fresh: 0, all });
  });

  test('never changes the DOM of the article', async () => {
    const before = await call('articleDom');
    await call('setMarks', manyMarks(500));
    await call('change', { add: mark('a', 'Paragraph number 2'), active: ['m1'], flash: 'a' });
    await call('change', { remove: 'a' });
    expect(await call('articleDom')).toEqual(before);
  });

  test('hits the smallest mark first, nothing beside a line and nothing between marks', async () => {
    await call('setMarks', [
      mark('wide', 'Paragraph number 1 tells of the firm'),
      mark('small', 'number 1', 'teal'),
      mark('middle', 'number 1 tells', 'violet'),
    ]);
    const at = async (words: string) => {
      const [box] = await call('boxesOf', mark('', words));
      if (box === undefined) throw new Error(`"${words}" has no box`);
      return [(box.left + box.right) / 2, (box.top + box.bottom) / 2, box.right] as const;
    };
    const [x, y] = await at('number 1 ');
    expect(await call('hit', x, y)).toEqual(['small', 'middle', 'wide']);
    const [next, line] = await at('1 tells');
    expect(await call('hit', next + 8, line)).toEqual(['middle', 'wide']);
    const [other, below] = await at('Paragraph number 2');
    expect(await call('hit', other, below)).toEqual([]);
    await call('setMarks', [mark('whole', 'one after the other.')]);
    const [, last, right] = await at('the other.');
    expect(await call('hit', right - 2, last)).toEqual(['whole']);
    expect(await call('hit', right + 60, last)).toEqual([]);
    expect(await call('hit', 5, 5)).toEqual([]);
  });

  test('paints active and flashing marks as such, until told otherwise', async () => {
    const one = mark('one', 'number 1 tells');
    const two = mark('two', 'number 2 tells', 'teal');
    await call('setMarks', [one, two]);
    await call('change', { active: ['one'], flash: 'two' });
    const span = ({ start, end }: Mark) => ({ start, end });
    expect(await call('painted')).toEqual({
      amber: [span(one)],
      teal: [span(two)],
      active: [span(one)],
      flash: [span(two)],
    });
    await call('change', { active: [], flash: null });
    expect(await call('painted')).toEqual({ amber: [span(one)], teal: [span(two)] });
  });

  test('knows the tops of marks near the view by their first line, and again after the article grew', async () => {
    await call('setMarks', manyMarks(300));
    const near = await call('near');
    expect(near.length).toBeGreaterThan(2);
    for (const { top, measured } of await call('tops', near)) expect(top).toBeCloseTo(measured, 1);
    const before = (await call('tops', near))[0]?.changes ?? 0;
    await call('setWidth', 300);
    await page.waitForFunction(
      ([ids, count]) => {
        const { modules } = globalThis as unknown as { modules: typeof InPage };
        return (modules.tops(ids)[0]?.changes ?? 0) > count;
      },
      [near, before] as const,
    );
    const still = (await call('near')).filter((id) => near.includes(id));
    expect(still.length).toBeGreaterThan(0);
    for (const { top, measured } of await call('tops', still)) expect(top).toBeCloseTo(measured, 1);
  });

  test('takes everything off the page when it is closed, also what was just about to be painted', async () => {
    await call('setMarks', manyMarks(100));
    const adding = page.evaluate(() => {
      const { modules } = globalThis as unknown as { modules: typeof InPage };
      const added = modules.change({ add: { id: 'late', start: 0, end: 20, colour: 'amber' } });
      modules.closeLayer();
      return added;
    });
    await adding;
    expect(await call('painted')).toEqual({});
  });
});
