import { readFileSync, writeFileSync } from 'node:fs';
import { median } from './figures';

/** A figure short enough to compare at a glance. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 10_000) return `${Math.round(value / 1_000)}k`;
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

/** The middle one, with the least and the greatest. */
export function spread(all: readonly number[]): string {
  // A run in which nothing arrived has no figure; its faults say so.
  const values = all.filter(Number.isFinite);
  if (values.length === 0) return '–';
  if (values.length === 1) return short(values[0] ?? Number.NaN);
  return `${short(median(values))} (${short(Math.min(...values))}–${short(Math.max(...values))})`;
}

/** The middle of the ratios to another's figure of the same round. */
export function ratio(values: readonly number[], to: readonly number[]): string {
  const ratios = values.flatMap((value, round) => (to[round] === undefined ? [] : [value / to[round]]));
  return ratios.length === 0 ? '–' : median(ratios).toFixed(2);
}

/** A table as markdown: the first column names, the others are figures. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, 3, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/** Puts text between the two marks of a document that name it. @throws Error when the marks are not there. */
export function writeBetween(file: string, mark: string, text: string): void {
  const whole = readFileSync(file, 'utf8');
  const [from, to] = [`<!-- ${mark} -->`, `<!-- end of ${mark} -->`];
  const [start, end] = [whole.indexOf(from), whole.indexOf(to)];
  if (start < 0 || end < start) throw new Error(`${file} has no place for ${mark}`);
  writeFileSync(file, `${whole.slice(0, start + from.length)}\n\n${text}\n\n${whole.slice(end)}`);
}
