import type { AnalysisRow, AnalysisTable } from './analysis';
import type { Pair } from './co-occurrence';
import { association, expectedCounts } from './cross-table';

/** A count of a table, by the ids of its row and column. */
export type Cell = { readonly row: string; readonly column: string; readonly count: number };
type Head = { readonly id: string; readonly label: string };

/** Columns that a table has at most: more are put together. */
export const MOST_COLUMNS = 30;
/** The id of what further columns are put together in. */
export const OTHERS = '…';

/**
 * A table of counts: rows by how much they hold, columns in the given order, or by how much they hold when it is null. Rows and
 * columns without a name are left out; the least of too many columns are put together.
 */
export function tableOf(
  cells: readonly Cell[],
  names: { row: (id: string) => string | undefined; column: (id: string) => string | undefined },
  order: ((one: string, other: string) => number) | null,
): { columns: Head[]; rows: AnalysisRow[] } {
  const known = cells.filter(
    ({ row, column }) => names.row(row) !== undefined && names.column(column) !== undefined,
  );
  const rowTotals = totals(known, ({ row }) => row);
  const columnTotals = totals(known, ({ column }) => column);
  const byTotal = [...columnTotals]
    .sort(([a, one], [b, other]) => other - one || compare(a, b))
    .map(([id]) => id);
  const kept = byTotal.length <= MOST_COLUMNS ? byTotal : byTotal.slice(0, MOST_COLUMNS - 1);
  const ids = order === null ? kept : [...kept].sort(order);
  const isCut = kept.length < byTotal.length;
  const place = new Map(ids.map((id, at) => [id, at]));
  const width = ids.length + (isCut ? 1 : 0);
  const rows = new Map<string, number[]>();
  for (const { row, column, count } of known) {
    const counts = rows.get(row) ?? new Array<number>(width).fill(0);
    const at = place.get(column) ?? width - 1;
    counts[at] = (counts[at] ?? 0) + count;
    rows.set(row, counts);
  }
  return {
    columns: [
      ...ids.map((id) => ({ id, label: names.column(id) ?? id })),
      ...(isCut ? [{ id: OTHERS, label: `${byTotal.length - kept.length} others` }] : []),
    ],
    rows: [...rows]
      .sort(([a], [b]) => (rowTotals.get(b) ?? 0) - (rowTotals.get(a) ?? 0) || compare(a, b))
      .map(([id, counts]) => ({ id, label: names.row(id) ?? id, cells: counts })),
  };
}

/** Adds what each cell was to hold, and how far the table is from it. The column of what is not known (`''`) is not judged. */
export function judged({
  columns,
  rows,
}: Pick<AnalysisTable, 'columns' | 'rows'>): Pick<AnalysisTable, 'rows' | 'statistics'> {
  const told = columns.map(({ id }, at) => (id === '' ? -1 : at)).filter((at) => at >= 0);
  const counts = rows.map(({ cells }) => told.map((at) => Number(cells[at] ?? 0)));
  const expected = expectedCounts(counts);
  return {
    statistics: [...association(counts)],
    rows: told.length < columns.length ? rows : rows.map((row, at) => ({ ...row, expected: expected[at] })),
  };
}

/** A square table of pairs, both ways; the diagonal says how often each code was put on at all. */
export function matrixOf(
  pairs: readonly Pair[],
  each: ReadonlyMap<string, number>,
  nameOf: (id: string) => string | undefined,
  most: number,
): { columns: Head[]; rows: AnalysisRow[]; left: number } {
  const all = [...each]
    .filter(([id]) => nameOf(id) !== undefined)
    .sort(([a, one], [b, other]) => other - one || compare(a, b));
  const ids = all.slice(0, most).map(([id]) => id);
  const counts = new Map(
    pairs.flatMap(({ a, b, count }) => [[`${a} ${b}`, count] as const, [`${b} ${a}`, count] as const]),
  );
  const columns = ids.map((id) => ({ id, label: nameOf(id) ?? id }));
  const rows = columns.map(({ id, label }) => ({
    id,
    label,
    cells: ids.map((other) => (other === id ? (each.get(id) ?? 0) : (counts.get(`${id} ${other}`) ?? 0))),
  }));
  return { columns, rows, left: all.length - ids.length };
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function totals(cells: readonly Cell[], idOf: (cell: Cell) => string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const cell of cells) sums.set(idOf(cell), (sums.get(idOf(cell)) ?? 0) + cell.count);
  return sums;
}
