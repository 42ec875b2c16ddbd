import { csvCell } from '../csv';
import { COUNTS, type Contribution, type Count } from './contribution';

const KEYS = Object.keys(COUNTS) as Count[];

/** Who did what as CSV (RFC 4180), a row a person; no cell is taken for a formula. */
export function contributionsCsv(people: readonly Contribution[]): string {
  const line = (cells: readonly string[]) => `${cells.map(csvCell).join(',')}\r\n`;
  return [
    line(['Person', ...KEYS.map((key) => COUNTS[key])]),
    ...people.map((one) => line([one.person.name, ...KEYS.map((key) => String(one[key]))])),
  ].join('');
}
