import { cellsOf } from '../csv';
import { AppError } from '../errors';
import { type Coding, NOTHING, NOTHING_IN_TABLES, type Ratings } from './ratings';

/** What a table of agreement holds: values of given units, or spans that coders cut by themselves. */
export type Table =
  | { readonly kind: 'ratings'; readonly ratings: Ratings }
  | { readonly kind: 'spans'; readonly coders: readonly string[]; readonly codings: readonly Coding[] };

const NEEDED = {
  ratings: ['coder', 'unit', 'value'],
  spans: ['coder', 'code', 'start', 'end'],
} as const;
/** The source of spans whose table has no column for it. */
const ONE_SOURCE = 'text';
/** So many faults are named; a table with more is better looked at whole. */
const MOST_FAULTS = 10;

type Cells = { line: number; cell: (column: string) => string };

/**
 * Reads a CSV with a head: `coder, unit, value` (an empty value is missing, `(none)` a unit without a code) or `coder, code, start, end` (UTF-16 units, the
 * end exclusive), with `source` and `weight` where they matter. Throws AppError `invalid` that names the lines at fault.
 */
export function readTable(text: string): Table {
  const plain = text.replace(/^\uFEFF/, '');
  const rows = cellsOf(plain, separatorOf(plain)).filter(({ cells }) =>
    cells.some((cell) => cell.trim() !== ''),
  );
  const head = (rows[0]?.cells ?? []).map((name) => name.trim().toLowerCase());
  const kind = (['spans', 'ratings'] as const).find((one) =>
    NEEDED[one].every((name) => head.includes(name)),
  );
  if (kind === undefined)
    throw new AppError(
      'invalid',
      `The first line must name the columns: coder,unit,value or coder,code,start,end. It is: ${head.join(',') || 'empty'}.`,
    );
  const faults: string[] = [];
  const lines = rows.slice(1).flatMap(({ line, cells }): Cells[] => {
    if (cells.length <= head.length)
      return [{ line, cell: (name) => (cells[head.indexOf(name)] ?? '').trim() }];
    faults.push(
      `line ${line}: ${cells.length} cells under a head of ${head.length}; put quotes around cells with a comma`,
    );
    return [];
  });
  const table = kind === 'ratings' ? readRatings(lines, faults) : readSpans(lines, faults);
  if (faults.length > 0) {
    const more = faults.length > MOST_FAULTS ? `\n… and ${faults.length - MOST_FAULTS} more` : '';
    throw new AppError('invalid', `Nothing was computed:\n${faults.slice(0, MOST_FAULTS).join('\n')}${more}`);
  }
  return table;
}

function separatorOf(text: string): string {
  const head = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  return [',', ';', '\t'].find((one) => head.includes(one)) ?? ',';
}

function readRatings(lines: readonly Cells[], faults: string[]): Table {
  const coders = new Map<string, number>();
  const rows = new Map<string, { values: (string | null)[]; lines: number[]; weight?: number }>();
  for (const { line, cell } of lines) {
    const [coder, unit, value, weight] = [cell('coder'), cell('unit'), cell('value'), cell('weight')];
    if (coder === '' || unit === '') {
      faults.push(`line ${line}: the ${coder === '' ? 'coder' : 'unit'} is missing`);
      continue;
    }
    const heavy = weight === '' ? undefined : wholeNumber(weight);
    if (heavy === null || heavy === 0) {
      faults.push(`line ${line}: the weight “${weight}” is no whole number above 0`);
      continue;
    }
    const place = coders.get(coder) ?? coders.size;
    coders.set(coder, place);
    const row = rows.get(unit) ?? { values: [], lines: [], ...(heavy !== undefined && { weight: heavy }) };
    rows.set(unit, row);
    if (row.lines[place] !== undefined)
      faults.push(`line ${line}: ${coder} has judged the unit ${unit} in line ${row.lines[place]} already`);
    else if (row.weight !== heavy) faults.push(`line ${line}: the unit ${unit} has another weight above`);
    row.lines[place] = line;
    row.values[place] = value === '' ? null : value === NOTHING_IN_TABLES ? NOTHING : value;
  }
  const names = [...coders.keys()];
  return {
    kind: 'ratings',
    ratings: {
      coders: names,
      rows: [...rows].map(([unit, { values, weight }]) => ({
        unit,
        values: names.map((_, place) => values[place] ?? null),
        ...(weight !== undefined && { weight }),
      })),
    },
  };
}

function readSpans(lines: readonly Cells[], faults: string[]): Table {
  const codings = lines.flatMap(({ line, cell }): Coding[] => {
    const [coder, code, source] = [cell('coder'), cell('code'), cell('source') || ONE_SOURCE];
    const [start, end] = [wholeNumber(cell('start')), wholeNumber(cell('end'))];
    if (coder === '' || code === '')
      faults.push(`line ${line}: the ${coder === '' ? 'coder' : 'code'} is missing`);
    else if (start === null || end === null)
      faults.push(
        `line ${line}: “${cell('start')}” and “${cell('end')}” must be whole numbers from 0 to 99999999`,
      );
    else if (end <= start) faults.push(`line ${line}: the end ${end} is not behind the start ${start}`);
    else return [{ coder, source, code, start, end }];
    return [];
  });
  return { kind: 'spans', coders: [...new Set(codings.map(({ coder }) => coder))], codings };
}

function wholeNumber(cell: string): number | null {
  return /^\d{1,8}$/.test(cell) ? Number(cell) : null;
}
