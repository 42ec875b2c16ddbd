import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CODE_COLOURS } from '@/lib/codebook/colours';
import { launchBrowser } from '../../support/browser';

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const TOP = ['active', 'flash'];
const NAMES = [...CODE_COLOURS, ...TOP];

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage();
  await page.setContent(
    '<p id="text" style="color: var(--ink)">text <a style="color: var(--accent)">link</a></p>',
  );
  await page.addStyleTag({ content: read('components/ui/tokens.css') });
  await page.addStyleTag({ content: read('components/reader/highlights.css') });
});
afterAll(() => browser.close());

/** The colours as Chromium computes them: of the page, its text and links, and of each highlight by name. */
async function coloursIn(theme: 'light' | 'dark') {
  const found = await page.evaluate(
    ([names, chosen]) => {
      document.documentElement.dataset.theme = chosen;
      const text = document.getElementById('text') as HTMLElement;
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      const components = (value: string) => {
        const numbers = value.match(/-?[\d.]+(e-?\d+)?/g)?.map(Number) ?? [];
        const scale = value.startsWith('color(') ? 255 : 1;
        const [r = 0, g = 0, b = 0, alpha = 1] = numbers;
        return [r * scale, g * scale, b * scale, alpha] as const;
      };
      if (canvas === null) throw new Error('no canvas');
      text.style.backgroundColor = 'var(--paper)';
      return {
        paper: components(getComputedStyle(text).backgroundColor),
        inks: [text, text.querySelector('a') as HTMLElement].map((each) => ({
          plain: components(getComputedStyle(each).color),
          marked: names.map((name) => components(getComputedStyle(each, `::highlight(gloss-${name})`).color)),
        })),
        marks: names.map((name) =>
          components(getComputedStyle(text, `::highlight(gloss-${name})`).backgroundColor),
        ),
      };
    },
    [NAMES, theme] as const,
  );
  return found;
}

const over = (top: Colour, below: Colour): Colour => [
  top[0] * top[3] + below[0] * (1 - top[3]),
  top[1] * top[3] + below[1] * (1 - top[3]),
  top[2] * top[3] + below[2] * (1 - top[3]),
  1,
];
function luminance([red, green, blue]: Colour): number {
  const linear = (value: number) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
function contrast(a: Colour, b: Colour): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

describe('the colours of marks', () => {
  test.each(['light', 'dark'] as const)(
    'keep text and links at 4.5:1 under any overlap of marks, %s',
    async (theme) => {
      const { paper, inks, marks } = await coloursIn(theme);
      const ink = inks[0]?.plain as Colour;
      let worst = { contrast: Number.POSITIVE_INFINITY, names: '' };
      // Colours of equal priority lie in the order they were first used in: the nearest to the ink on top is the worst.
      const order = NAMES.map((_, at) => at).sort(
        (a, b) => contrast(marks[b] as Colour, ink) - contrast(marks[a] as Colour, ink),
      );
      for (let subset = 0; subset < 1 << NAMES.length; subset += 1) {
        let ground: Colour = paper;
        // At most one of each colour lies over a letter: within a colour, marks don't add up.
        for (const at of order) if (subset & (1 << at)) ground = over(marks[at] as Colour, ground);
        const top = TOP.findLast((_, at) => subset & (1 << (CODE_COLOURS.length + at)));
        for (const { plain, marked } of inks) {
          const found = contrast(top === undefined ? plain : (marked[NAMES.indexOf(top)] as Colour), ground);
          if (found < worst.contrast)
            worst = { contrast: found, names: NAMES.filter((_, at) => subset & (1 << at)).join(' + ') };
        }
      }
      expect(worst.contrast, worst.names).toBeGreaterThanOrEqual(4.5);
    },
  );

  test.each(['light', 'dark'] as const)(
    'can be seen on the page and told apart when they overlap, %s',
    async (theme) => {
      const { paper, marks } = await coloursIn(theme);
      const distance = (a: Colour, b: Colour) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
      const grounds = marks.map((mark) => over(mark, paper));
      grounds.forEach((ground, at) => {
        expect(distance(ground, paper), NAMES[at]).toBeGreaterThan(18);
        marks.forEach((mark, other) => {
          if (other !== at)
            expect(distance(over(mark, ground), ground), `${NAMES[other]} on ${NAMES[at]}`).toBeGreaterThan(
              6,
            );
        });
      });
    },
  );

  test('are painted by Chromium with the alpha and colour that were computed', async () => {
    const { paper, marks } = await coloursIn('light');
    await page.evaluate(() => {
      const text = document.getElementById('text')?.firstChild as Text;
      const range = new StaticRange({
        startContainer: text,
        startOffset: 0,
        endContainer: text,
        endOffset: 4,
      });
      CSS.highlights.set('gloss-teal', new Highlight(range));
      CSS.highlights.set('gloss-amber', new Highlight(range));
    });
    const box = await page.locator('#text').boundingBox();
    if (box === null) throw new Error('no box');
    const picture = await page.screenshot({ clip: { x: box.x, y: box.y, width: 30, height: box.height } });
    const pixels = await page.evaluate(async (base64) => {
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.drawImage(image, 0, 0);
      return [...context.getImageData(0, 0, image.width, image.height).data];
    }, picture.toString('base64'));
    const wanted = over(
      marks[NAMES.indexOf('amber')] as Colour,
      over(marks[NAMES.indexOf('teal')] as Colour, paper),
    );
    let close = 0;
    for (let at = 0; at < pixels.length; at += 4)
      if ([0, 1, 2].every((part) => Math.abs((pixels[at + part] ?? 0) - (wanted[part] ?? 0)) <= 3))
        close += 1;
    expect(close).toBeGreaterThan(50);
  });
});
