import { AppError } from '../errors';
import { jointValue } from './scope';

/** How often a coder gave each code to a unit: overlapping marks may give one twice. */
export type Cell = Map<string, number>;

/** Gives a code to a cell, or takes it back once; says whether the codes of the cell are others now. */
export function give(cell: Cell, code: string, by: 1 | -1): boolean {
  const times = (cell.get(code) ?? 0) + by;
  if (times === 0) cell.delete(code);
  else cell.set(code, times);
  return times === 0 || (times === 1 && by === 1);
}

/** Throws AppError `invalid` when a code is to be taken back that nobody gave; nothing is changed by then. */
export function checkGiven(cell: Cell | undefined, code: string): void {
  if (cell?.has(code)) return;
  throw new AppError('invalid', 'This coding was not counted, so that it can’t be taken away.');
}

/** The codes of a cell as one value. */
export function valueOfCell(cell: Cell | undefined): string {
  return cell === undefined ? '' : jointValue(cell.keys());
}
