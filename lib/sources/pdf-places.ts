import { z } from 'zod';
import type { PdfParagraph, PdfPlace } from './pdf-paragraphs';
import type { PdfPage } from './pdf-run';

/** How many numbers stand for a run in `runs` below. */
export const RUN_NUMBERS = 7;

/**
 * Where a canonical text stands on the pages of its PDF. Lengths are PDF points (1/72 inch) on the page as it is shown,
 * from its top left corner, to a tenth. `runs` holds seven numbers for each run, in the order of the text: its start and
 * its length in the canonical text (UTF-16 units), left, top, width and height of its box, and the turn of its letters in
 * degrees clockwise.
 */
export const PdfPlaces = z.object({
  pages: z.array(z.object({ width: z.number(), height: z.number(), runs: z.array(z.number()) })),
});
export type PdfPlaces = z.infer<typeof PdfPlaces>;

const tenth = (value: number) => Math.round(value * 10) / 10;

/** Where each letter of a paragraph went in a text that may lack some of them, looked for from an offset on. */
function lettersIn(text: string, from: number, paragraph: string): number[] {
  let at = from;
  return Array.from({ length: paragraph.length + 1 }, (_, nth) => {
    const letter = paragraph[nth] ?? '';
    if (/\S/.test(letter)) {
      let next = at;
      while (text[next] === ' ') next += 1;
      if (text[next] === letter) at = next;
    }
    const here = at;
    if (text[at] === letter) at += 1;
    return here;
  });
}

const bare = (text: string) => text.replace(/\s+/g, '');

/**
 * The places of paragraphs in the canonical text that was made of them. A run whose letters are not there as they are on
 * the page has none, so that every place is true.
 */
export function placesIn(
  text: string,
  paragraphs: readonly PdfParagraph[],
  pages: readonly Pick<PdfPage, 'width' | 'height'>[],
): PdfPlaces {
  const runs: number[][] = pages.map(() => []);
  let at = 0;
  for (const paragraph of paragraphs) {
    while (/\s/.test(text[at] ?? '')) at += 1;
    const from = at;
    const letters = text.startsWith(paragraph.text, from) ? null : lettersIn(text, from, paragraph.text);
    const offset = (nth: number) => letters?.[nth] ?? from + nth;
    for (const place of paragraph.places) {
      const start = offset(place.start);
      const end = place.end > place.start ? offset(place.end - 1) + 1 : start;
      if (bare(text.slice(start, end)) !== bare(paragraph.text.slice(place.start, place.end))) continue;
      runs[place.page]?.push(...numbersOf({ ...place, start, end }));
    }
    at = letters === null ? from + paragraph.text.length : (letters.at(-1) ?? from);
  }
  return {
    pages: pages.map(({ width, height }, page) => ({
      width: tenth(width),
      height: tenth(height),
      runs: runs[page] ?? [],
    })),
  };
}

function numbersOf({ start, end, box }: PdfPlace): number[] {
  return [start, end - start, tenth(box.x), tenth(box.y), tenth(box.width), tenth(box.height), box.turn];
}

/** A run as `PdfPlaces` holds it. */
export type PlacedRun = {
  readonly start: number;
  readonly end: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly turn: number;
};

/** The runs of a page, in the order of the text. */
export function runsOf(page: PdfPlaces['pages'][number]): PlacedRun[] {
  const found: PlacedRun[] = [];
  for (let at = 0; at + RUN_NUMBERS <= page.runs.length; at += RUN_NUMBERS) {
    const [start = 0, length = 0, left = 0, top = 0, width = 0, height = 0, turn = 0] = page.runs.slice(
      at,
      at + RUN_NUMBERS,
    );
    found.push({ start, end: start + length, left, top, width, height, turn });
  }
  return found;
}

/** Most pages that a file has, and runs on one. */
const MOST_PAGES = 20_000;
const MOST_RUNS = 100_000;

/** Whether places that are not trusted can be those of a text: whole runs in it, none before the one before, all numbers sane. */
export function arePlacesIn({ pages }: PdfPlaces, text: string): boolean {
  if (pages.length === 0 || pages.length > MOST_PAGES) return false;
  let from = 0;
  return pages.every((page) => {
    const { width, height, runs } = page;
    const isSane = width > 0 && height > 0 && width <= 20_000 && height <= 20_000;
    if (!isSane || runs.length % RUN_NUMBERS !== 0 || runs.length > RUN_NUMBERS * MOST_RUNS) return false;
    return runsOf(page).every(({ start, end, ...box }) => {
      const fits =
        Number.isInteger(start) &&
        Number.isInteger(end) &&
        start >= from &&
        end >= start &&
        end <= text.length;
      from = start;
      return fits && Object.values(box).every((number) => Math.abs(number) <= 100_000);
    });
  });
}

/** The places of a text that was cut to this length (UTF-16 units). */
export function cutPlaces(places: PdfPlaces, length: number): PdfPlaces {
  return {
    pages: places.pages.map((page) => ({
      ...page,
      runs: runsOf(page)
        .filter(({ start }) => start < length)
        .flatMap(({ start, end, left, top, width, height, turn }) => {
          const kept = Math.min(end, length) - start;
          const part = kept / (end - start);
          const sideways = turn === 90 || turn === 270;
          const box = sideways ? [width, tenth(height * part)] : [tenth(width * part), height];
          return [start, kept, left, top, ...box, turn];
        }),
    })),
  };
}

/** Where the text of each page begins (UTF-16 units); a page without text begins where the next one does. */
export function pageStarts(places: PdfPlaces): number[] {
  const starts: number[] = [];
  let next = Number.MAX_SAFE_INTEGER;
  for (const page of [...places.pages].reverse()) {
    next = Math.min(next, page.runs[0] ?? next);
    starts.push(next);
  }
  return starts.reverse();
}
