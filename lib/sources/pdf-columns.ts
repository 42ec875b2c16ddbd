import type { Segment } from './pdf-lines';
import { findTables } from './pdf-tables';

/** Fewer lines than this beside each other are no columns, but cells or two short lines. */
const FEWEST_LINES = 3;
/** Letters that a middling line of a column has at least; a cell of a table has fewer. */
const FEWEST_LETTERS = 12;
/** The white between two columns, in sizes of their letters. */
const NARROWEST_GUTTER = 0.6;
/** Columns of columns of columns: nobody sets more. */
const DEEPEST = 3;

const middle = (numbers: readonly number[]) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

type Band = { readonly left: Segment[]; readonly right: Segment[] };
/** A row that reaches across, or what stands between two such on both sides of the gutter. */
type Part = { readonly across: Segment[] } | Band;

function partsAt(segments: readonly Segment[], x: number): Part[] {
  // What a wide gap cut from a line that reaches across belongs to it.
  const across = new Set(
    segments.filter(({ left, right }) => left < x - 1 && right > x + 1).map(({ row }) => row),
  );
  const parts: Part[] = [];
  for (const segment of segments) {
    const last = parts.at(-1);
    if (across.has(segment.row)) {
      if (last !== undefined && 'across' in last) last.across.push(segment);
      else parts.push({ across: [segment] });
      continue;
    }
    const band = last !== undefined && 'left' in last ? last : { left: [], right: [] };
    if (band !== last) parts.push(band);
    if (segment.right <= x + 1) band.left.push(segment);
    else band.right.push(segment);
  }
  return parts;
}

/** The letters of each line of a side: a justified line may have gaps that cut it into several segments. */
function linesIn(side: readonly Segment[]): number[] {
  const rows = Map.groupBy(side, ({ row }) => row).values();
  return [...rows].map((row) => row.reduce((sum, { length }) => sum + length, 0));
}

/**
 * How many lines stand beside each other in a band that looks like columns of text, and a part more the wider the white
 * between them is, since words may leave white below each other by chance; 0 when it does not look like columns.
 */
function columnsIn({ left, right }: Band): number {
  const [leftLines, rightLines] = [linesIn(left), linesIn(right)];
  const lines = Math.min(leftLines.length, rightLines.length);
  if (lines < FEWEST_LINES) return 0;
  if (middle(leftLines) < FEWEST_LETTERS || middle(rightLines) < FEWEST_LETTERS) return 0;
  const gutter =
    Math.min(...right.map((segment) => segment.left)) - Math.max(...left.map((segment) => segment.right));
  const size = middle([...left, ...right].map((segment) => segment.size));
  return gutter >= NARROWEST_GUTTER * size ? lines + Math.min(gutter / size, 10) / 100 : 0;
}

/** Where the white between two columns begins (along the lines), or `null` where the text stands in one. */
export function findGutter(segments: readonly Segment[]): number | null {
  let best: { x: number; lines: number } | null = null;
  for (const edge of new Set(segments.map(({ right }) => Math.round(right)))) {
    const x = edge + 1;
    const lines = partsAt(segments, x).reduce((sum, part) => sum + ('left' in part ? columnsIn(part) : 0), 0);
    if (lines > 0 && (best === null || lines > best.lines)) best = { x, lines };
  }
  return best?.x ?? null;
}

/** One column, what stands in none, or a table, of which each row is for itself. */
export type Group = { readonly segments: readonly Segment[]; readonly isTable: boolean };

/**
 * Segments, given from the top downwards, in the order they are read: what reaches across the columns between what stands
 * above and below it, the rows of a table as they come, columns one after the other, in each the rows as they come. Each group of the answer is one column,
 * or what stands in none. `known` are gutters of the document's other pages: a last page may have too few lines to show one.
 */
export function readingOrder(
  segments: readonly Segment[],
  known: readonly number[] = [],
  rtl = false,
  depth = 0,
): Group[] {
  if (segments.length === 0) return [];
  const [table] = findTables(segments);
  if (table !== undefined) {
    const [first, last] = [segments.indexOf(table[0] as Segment), segments.indexOf(table.at(-1) as Segment)];
    const [above, below] = [segments.slice(0, first), segments.slice(last + 1)].map((part) =>
      readingOrder(part, known, rtl, depth),
    );
    return [...(above ?? []), { segments: table, isTable: true }, ...(below ?? [])];
  }
  const x = depth === DEEPEST ? null : (findGutter(segments) ?? knownGutter(segments, known));
  if (x === null) return [{ segments, isTable: false }];
  return partsAt(segments, x).flatMap((part) => {
    if ('across' in part) return [{ segments: part.across, isTable: false }];
    const sides = rtl ? [part.right, part.left] : [part.left, part.right];
    return sides.flatMap((side) => readingOrder(side, [], rtl, depth + 1));
  });
}

/** A gutter of another page that no line here crosses, with lines on both its sides. */
function knownGutter(segments: readonly Segment[], known: readonly number[]): number | null {
  const fits = (x: number) => {
    const bands = partsAt(segments, x).filter((part) => 'left' in part);
    return bands.some(
      ({ left, right }) =>
        linesIn(left).length >= FEWEST_LINES &&
        right.length > 0 &&
        middle(linesIn(left)) >= FEWEST_LETTERS &&
        middle(linesIn(right)) >= FEWEST_LETTERS,
    );
  };
  return known.find(fits) ?? null;
}
