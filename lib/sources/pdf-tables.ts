import type { Segment } from './pdf-lines';

/** Rows that a table has at least. */
const FEWEST_ROWS = 3;
/** How far edges of one column may lie from each other, and how wide the white between two columns is at least, in sizes of letters. */
const SLACK = 0.4;
const GAP = 0.8;
/** Rows further from each other, in sizes of letters, are not of one table. */
const ROW_GAP = 4;

const middle = (numbers: readonly number[]) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
const share = <T>(all: readonly T[], is: (one: T) => boolean) =>
  all.length === 0 ? 0 : all.filter(is).length / all.length;
const wordsOf = ({ placed }: Segment) => placed.map(({ text }) => text).join('');

const isFigure = (cell: Segment): boolean => {
  const letters = wordsOf(cell).replace(/\s/g, '');
  return (letters.match(/[\p{N}.,%+\u2212–-]/gu)?.length ?? 0) > letters.length / 2 && /\p{N}/u.test(letters);
};

/** Whether a column reads like lines of a text: long, and most of them in the middle of a sentence. */
const isProse = (cells: readonly Segment[]): boolean =>
  middle(cells.map(({ length }) => length)) >= 20 &&
  share(cells, (cell) => /^(?:\p{Ll}|\p{Lo})/u.test(wordsOf(cell).trim())) > 0.4;

/** The column whose edge or middle a cell stands at; -1 for none. */
function columnOf(cell: Segment, columns: readonly Segment[]): number {
  const near = (a: number, b: number) => Math.abs(a - b) <= SLACK * cell.size;
  return columns.findIndex(
    ({ left, right }) =>
      near(cell.left, left) ||
      near(cell.right, right) ||
      near((cell.left + cell.right) / 2, (left + right) / 2),
  );
}

/** The cells of a row by their columns; `null` where it is no row of the table. */
function cellsOf(row: readonly Segment[], columns: readonly Segment[]): Map<number, Segment> | null {
  if (row.length < 2 || row.length > columns.length) return null;
  const cells = new Map(row.map((cell) => [columnOf(cell, columns), cell]));
  return cells.has(-1) || cells.size < row.length ? null : cells;
}

/** Whether cells in columns are a table: apart from each other, with figures or a head, and nothing that reads on from line to line. */
function isTable(rows: readonly ReadonlyMap<number, Segment>[], columns: readonly Segment[]): boolean {
  if (rows.length < FEWEST_ROWS || share(rows, ({ size }) => size === columns.length) < 0.6) return false;
  const byColumn = columns.map((_, nth) => rows.flatMap((row) => row.get(nth) ?? []));
  const areApart = byColumn.slice(1).every((cells, nth) => {
    const before = Math.max(...(byColumn[nth] ?? []).map(({ right }) => right));
    const size = middle(cells.map((cell) => cell.size));
    return Math.min(...cells.map(({ left }) => left)) - before >= GAP * size;
  });
  if (!areApart || byColumn.some(isProse)) return false;
  const areFigures = byColumn.map((cells) => share(cells, isFigure) >= 0.6);
  const ofFigures = areFigures.filter(Boolean).length;
  const half = columns.length / 2;
  // The same columns twice are a list in two columns: an index, members of something.
  if (
    half > 1 &&
    ofFigures > 0 &&
    ofFigures < columns.length &&
    areFigures.every((is, nth) => is === areFigures[nth % half])
  )
    return false;
  if (ofFigures > 0 && ofFigures < columns.length) return true;
  return columns.length > 2 && hasHead(rows);
}

/** Whether the first row is set in letters of its own. */
function hasHead([head, ...rest]: readonly ReadonlyMap<number, Segment>[]): boolean {
  const fontsOf = (row: ReadonlyMap<number, Segment>) =>
    [...row.values()].flatMap(({ placed }) => placed.map(({ run }) => run.font));
  const below = new Set(rest.flatMap(fontsOf));
  return head !== undefined && fontsOf(head).every((font) => !below.has(font));
}

/**
 * The tables among segments that are given from the top downwards: whole rows of cells that stand below each other. Careful: what is
 * not clearly one is left to be read as columns.
 */
export function findTables(segments: readonly Segment[]): Segment[][] {
  const rows = [...Map.groupBy(segments, ({ row }) => row).values()];
  const tables: Segment[][] = [];
  for (let at = 0; at < rows.length; ) {
    const columns = rows[at] ?? [];
    const found: ReadonlyMap<number, Segment>[] = [];
    for (const row of rows.slice(at)) {
      const last = rows[at + found.length - 1]?.[0];
      const isFar =
        last !== undefined && found.length > 0 && (row[0]?.base ?? 0) - last.base > ROW_GAP * last.size;
      const cells = isFar ? null : cellsOf(row, columns);
      if (cells === null) break;
      found.push(cells);
    }
    if (isTable(found, columns)) {
      tables.push(rows.slice(at, at + found.length).flat());
      at += found.length;
    } else at += 1;
  }
  return tables;
}
