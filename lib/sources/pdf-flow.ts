import { findGutter, readingOrder } from './pdf-columns';
import { findFurniture } from './pdf-furniture';
import { type Placed, placeRuns, type Segment, segmentsOf } from './pdf-lines';
import type { PdfPage } from './pdf-run';

/** A line as it is read. */
export type Line = {
  readonly text: string;
  /** Which part of `text` (UTF-16 units) is whose. */
  readonly pieces: readonly { readonly start: number; readonly end: number; readonly placed: Placed }[];
  /** Index of the page. */
  readonly page: number;
  /** Lines of one column of one page have the same number. */
  readonly flow: number;
  readonly left: number;
  readonly right: number;
  readonly base: number;
  /** What most of its letters have. */
  readonly size: number;
  readonly font: string;
  /** How many cells it has: parts with gaps between them as tables have. */
  readonly cells: number;
  /** Whether it is a row of a table. */
  readonly isRow: boolean;
};

/** A gap this wide, in sizes of the letters, is a space where the file has none; from the second on, it parts cells. */
const SPACE = 0.15;
const CELL = 1.5;

function mostly<T>(placed: readonly Placed[], of: (one: Placed) => T): T {
  const weights = new Map<T, number>();
  for (const one of placed) weights.set(of(one), (weights.get(of(one)) ?? 0) + one.text.length);
  return [...weights].reduce((most, entry) => (entry[1] > most[1] ? entry : most))[0];
}

type Where = Pick<Line, 'page' | 'flow' | 'isRow'>;

function lineOf(segments: readonly Segment[], where: Where): Line {
  const placed = segments.flatMap((segment) => segment.placed);
  const rtl = mostly(placed, ({ run }) => run.rtl);
  const order = [...placed].sort((a, b) => (rtl ? b.right - a.right : a.left - b.left));
  let text = '';
  let before: Placed | null = null;
  let cells = 1;
  const pieces: Line['pieces'][number][] = [];
  for (const one of order) {
    const gap = before === null ? 0 : rtl ? before.left - one.right : one.left - before.right;
    const spaced = text.endsWith(' ') || text === '';
    if (!spaced && (gap > SPACE * one.run.size || one.text.startsWith(' '))) text += ' ';
    if (gap > CELL * one.run.size) cells += 1;
    const letters = one.text.trim();
    pieces.push({ start: text.length, end: text.length + letters.length, placed: one });
    text += letters;
    if (one.text.endsWith(' ')) text += ' ';
    before = one;
  }
  return {
    text: text.trimEnd(),
    pieces,
    ...where,
    left: Math.min(...segments.map(({ left }) => left)),
    right: Math.max(...segments.map(({ right }) => right)),
    base: segments[0]?.base ?? 0,
    size: mostly(placed, ({ run }) => Math.round(run.size * 10) / 10),
    font: mostly(placed, ({ run }) => run.font),
    cells,
  };
}

/** What of a document stays behind. */
export type Behind = { readonly repeated: number; readonly slanted: number };

/**
 * The lines of a document in the order they are read: page by page, column by column; without what repeats at the top
 * or foot of pages and without what stands at a slant.
 */
export function linesOf(pages: readonly PdfPage[]): { lines: Line[]; behind: Behind } {
  let slanted = 0;
  const placed = pages.map((page) => {
    const runs = placeRuns(page);
    slanted += runs.slanted;
    return runs.turns.map(([turn, group]) => ({ turn, segments: segmentsOf(group) }));
  });
  const upright = placed.map((turns, at) => ({
    segments: turns.find(({ turn }) => turn === 0)?.segments ?? [],
    height: pages[at]?.height ?? 0,
  }));
  const found = findFurniture(upright);
  const text = placed.flatMap((turns, page) =>
    turns.flatMap(({ segments }) => segments.filter((one) => !found[page]?.has(one))),
  );
  // Pages that say nothing but the same have no text besides it.
  const furniture = text.length === 0 ? [] : found;
  const known = upright.map(({ segments }) => findGutter(segments)).filter((x) => x !== null);
  const lines: Line[] = [];
  let flow = 0;
  placed.forEach((turns, page) => {
    for (const { segments } of turns) {
      const kept = segments.filter((segment) => !furniture[page]?.has(segment));
      const rtl =
        kept.length > 0 &&
        mostly(
          kept.flatMap((one) => one.placed),
          ({ run }) => run.rtl,
        );
      for (const { segments: group, isTable } of readingOrder(kept, known, rtl)) {
        const rows = [...Map.groupBy(group, ({ row }) => row).values()];
        lines.push(...rows.map((row) => lineOf(row, { page, flow, isRow: isTable })));
        flow += 1;
      }
    }
  });
  const repeated = furniture.reduce((sum, { size }) => sum + size, 0);
  return { lines, behind: { repeated, slanted } };
}
