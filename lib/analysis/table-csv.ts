import { csvCell } from '../csv';
import type { AnalysisTable } from './analysis';

/** A table as CSV (RFC 4180): a line of heads, then the rows; no cell is taken for a formula. */
export function tableCsv({ corner, columns, rows }: AnalysisTable): string {
  const line = (cells: readonly string[]) => `${cells.map(csvCell).join(',')}\r\n`;
  return [
    line([corner, ...columns.map(({ label }) => label)]),
    ...rows.map(({ label, cells }) => line([label, ...cells.map(numberless)])),
  ].join('');
}

// A number is no formula, also below zero, but it is quoted as the rest.
const numberless = (cell: number | string | null): string => (cell === null ? '' : String(cell));
