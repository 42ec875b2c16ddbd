import { csvCell } from '../csv';
import { numberOf } from './gwet-ac';
import { type Coding, NOTHING, NOTHING_IN_TABLES, type Ratings } from './ratings';

/** What the measures of ratings were computed from: a line for each value given. `readTable` and R read it. */
export function printRatings({ coders, rows }: Ratings): string {
  const weighs = rows.some(({ weight }) => weight !== undefined);
  const lines = rows.flatMap(({ unit, values, weight }) =>
    coders.flatMap((coder, at) => {
      const value = values[at] ?? null;
      if (value === null) return [];
      return [
        [
          coder,
          unit,
          value === NOTHING ? NOTHING_IN_TABLES : value,
          ...(weighs ? [String(weight ?? 1)] : []),
        ],
      ];
    }),
  );
  return print([['coder', 'unit', 'value', ...(weighs ? ['weight'] : [])], ...lines]);
}

/** What the measures of spans were computed from. */
export function printSpans(codings: readonly Coding[]): string {
  const lines = codings.map(({ coder, source, code, start, end }) => [
    coder,
    source,
    code,
    String(start),
    String(end),
  ]);
  return print([['coder', 'source', 'code', 'start', 'end'], ...lines]);
}

function print(lines: readonly (readonly string[])[]): string {
  // A spreadsheet may take numbers, signs too, for what they are.
  const cell = (value: string) => (numberOf(value) === null ? csvCell(value) : value);
  return lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}
