import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageAt, titleAt } from '@/lib/sources/page-at';
import { linesOf } from '@/lib/sources/pdf-flow';
import { paragraphsOf } from '@/lib/sources/pdf-paragraphs';
import { cutPlaces, pageStarts, placesIn, runsOf } from '@/lib/sources/pdf-places';
import type { PdfPage, PdfRun } from '@/lib/sources/pdf-run';

const run = (text: string, x: number, y: number): PdfRun => ({
  ...{ text, x, y, width: text.length * 5, size: 10 },
  ...{ ascent: 0.8, descent: -0.2, angle: 0, font: 'f1', rtl: false },
});
const page = (...runs: PdfRun[]): PdfPage => ({ width: 600, height: 800, runs });

function laidOut(...pages: PdfPage[]) {
  const paragraphs = paragraphsOf(linesOf(pages).lines);
  const text = paragraphs.map((paragraph) => paragraph.text).join('\n\n');
  return { text, paragraphs, places: placesIn(text, paragraphs, pages) };
}

/** What the text has at each place of a page, with its left edge and its top. */
const wordsAt = (text: string, places: ReturnType<typeof placesIn>, at = 0) =>
  runsOf(places.pages[at] ?? { width: 0, height: 0, runs: [] }).map((one) => [
    text.slice(one.start, one.end),
    one.left,
    one.top,
  ]);

describe('placesIn', () => {
  it('says where each part of the text stands, and a hyphen that went nowhere', () => {
    const { text, places } = laidOut(page(run('The infor-', 50, 100), run('mation.', 50, 112)));
    expect(text).toBe('The information.');
    expect(wordsAt(text, places)).toEqual([
      ['The infor', 50, 92],
      ['mation.', 50, 104],
    ]);
  });

  it('finds the places again in a text that lost some letters', () => {
    const { text, paragraphs } = laidOut(page(run('One two', 50, 100), run('three', 50, 200)));
    const pages = [{ width: 600, height: 800 }];
    const without = text.replace('two', '');
    expect(wordsAt(without, placesIn(without, paragraphs, pages))).toEqual([['three', 50, 192]]);
  });

  it('is true for whatever words stand on the pages', () => {
    const word = fc.stringMatching(/^[a-z\u00e4\ud83d\ude00.-]{1,9}$/u);
    const line = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
    const pages = fc.array(fc.array(line, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(pages, (given) => {
        const { text, places } = laidOut(
          ...given.map((lines) => page(...lines.map((words, nth) => run(words, 50, 100 + 13 * nth)))),
        );
        const all = places.pages.flatMap((one) => runsOf(one));
        const held = all
          .map(({ start, end }) => text.slice(start, end))
          .join('')
          .replace(/\s/g, '');
        expect(held).toBe(text.replace(/\s/g, ''));
        const starts = all.map(({ start }) => start);
        expect(starts).toEqual([...starts].sort((a, b) => a - b));
      }),
      { seed: 34, numRuns: 200 },
    );
  });
});

describe('cutPlaces', () => {
  it('ends the places where the text ends', () => {
    const { text, places } = laidOut(page(run('The harbour', 50, 100), run('is closed.', 50, 200)));
    const cut = cutPlaces(places, 3);
    expect(wordsAt(text, cut)).toEqual([['The', 50, 92]]);
    expect(runsOf(cut.pages[0] as (typeof cut.pages)[number])[0]?.width).toBe(15);
  });
});

describe('pageAt', () => {
  it('tells the page on which an offset stands; one without text has none', () => {
    const { text, places } = laidOut(
      page(run('First page.', 50, 100)),
      page(),
      page(run('Third page.', 50, 100)),
    );
    const starts = pageStarts(places);
    expect(
      [0, text.indexOf('page'), text.indexOf('Third'), text.length].map((at) => pageAt(starts, at)),
    ).toEqual([1, 1, 3, 3]);
  });
});

describe('titleAt', () => {
  const mark = (start: number, version = 1) => {
    const position = { type: 'TextPositionSelector', start, end: start + 1 } as const;
    const quote = { type: 'TextQuoteSelector', exact: 'x', prefix: '', suffix: '' } as const;
    return { version, selector: [position, quote] } as Parameters<typeof titleAt>[1];
  };
  const source = (pageStarts: number[] | null) => ({
    title: 'Report',
    text: { version: 1, hash: '', length: 100, pageStarts },
  });

  it.each([
    ['names the page that the mark begins on', source([0, 40, 40]), mark(40), 'Report, p. 3'],
    ['names the first for what stands before any', source([5, 40]), mark(0), 'Report, p. 1'],
    ['names none where there are no pages', source(null), mark(40), 'Report'],
    ['names none where the mark counts in another version', source([0, 40]), mark(40, 2), 'Report'],
  ])('%s', (_what, given, at, title) => {
    expect(titleAt(given, at)).toBe(title);
  });
});
