import { cellsOf } from '../csv';
import { AppError } from '../errors';
import { titleKey } from './addresses';
import { type Columns, FIELDS, fieldsOf, guessColumns, namedColumns, type TableRead } from './columns';
import { type Incoming, type IncomingCode, nothingComing } from './incoming';
import type { Losses } from './losses';

const MOST_ROWS = 50_000;
const MOST_COLUMNS = 500;
/** What of a table a person is shown. */
const SHOWN = { rows: 5, columns: 40, letters: 160 };

type Row = { readonly line: number; readonly cells: readonly string[] };

const SEPARATORS = [',', ';', '\t'] as const;

/** How often a separator stands in the first row, outside quotes. */
function separatorOf(text: string): string {
  const counts = SEPARATORS.map(
    (sign) => [sign, cellsOf(firstRow(text), sign)[0]?.cells.length ?? 0] as const,
  );
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

function firstRow(text: string): string {
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') quoted = !quoted;
    else if (!quoted && (text[at] === '\n' || text[at] === '\r')) return text.slice(0, at);
  }
  return text;
}

/** Whether a text is a table as far as can be seen: two cells or more in its first row, and a second row. */
export function isTable(text: string): boolean {
  const begin = text.replace(/^\ufeff/, '');
  const first = firstRow(begin);
  const rest = begin.slice(first.length).trim();
  return rest !== '' && (cellsOf(first, separatorOf(begin))[0]?.cells.length ?? 0) > 1;
}

/** What a spreadsheet was kept from taking for a formula, as it was before. */
const cellAsWas = (cell: string) => cell.replace(/^'(?=[\s"']*[=+\-@\t\r＝＋－＠])/u, '').trim();

/** Rows that say nothing are none. @throws AppError invalid for a table that is too large. */
function rowsOf(text: string): Row[] {
  const plain = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const rows = cellsOf(plain, separatorOf(plain))
    .map(({ line, cells }) => ({ line, cells: cells.map(cellAsWas) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (rows.length > MOST_ROWS)
    throw new AppError('invalid', `A table takes ${MOST_ROWS} rows. Bring it in in parts.`);
  if (rows.some(({ cells }) => cells.length > MOST_COLUMNS))
    throw new AppError(
      'invalid',
      `A table takes ${MOST_COLUMNS} columns. Take those out that are not needed.`,
    );
  return rows;
}

type Cell = (row: Row, field: string) => string;

/**
 * What a table holds, its columns as they are told, or as its first row names them. What can't be read of it is counted with its
 * line.
 * @throws AppError invalid for a table that is too large, or columns that it has not.
 */
export function readTable(
  text: string,
  losses: Losses,
  told: Columns | null = null,
): { incoming: Incoming; table: TableRead } {
  const all = rowsOf(text);
  const head = all[0]?.cells ?? [];
  const columns = told === null ? guessColumns(head) : namedColumns(head, told);
  const rows = columns.hasHead ? all.slice(1) : all;
  const width = Math.max(...all.slice(0, 100).map(({ cells }) => cells.length), 0);
  const fields = Object.fromEntries(
    fieldsOf(columns.kind).map(([key]) => [key, columns.fields[key] ?? null]),
  );
  if (Object.values(fields).some((at) => at !== null && at >= width))
    throw new AppError('invalid', `The table has ${width} columns only. Choose among those.`);
  const cell: Cell = (row, field) => {
    const at = fields[field];
    return typeof at === 'number' ? (row.cells[at] ?? '') : '';
  };
  const incoming = nothingComing();
  const lacks = lacking(columns.kind, fields);
  if (lacks !== null) losses.add('Rows whose columns are not known', lacks, `${rows.length} rows`);
  else if (columns.kind === 'codings') readCodings(rows, cell, incoming, losses);
  else readCodebook(rows, cell, incoming, losses);
  const shown = (cells: readonly string[]) =>
    cells.slice(0, SHOWN.columns).map((words) => words.slice(0, SHOWN.letters).toWellFormed());
  const begin = rows.slice(0, SHOWN.rows).map(({ cells }) => shown(cells));
  const { kind, hasHead } = columns;
  return { incoming, table: { kind, hasHead, fields, head: shown(head), rows: begin, total: rows.length } };
}

function lacking(kind: Columns['kind'], fields: Record<string, number | null>): string | null {
  const lacks = fieldsOf(kind).filter(([key, { isNeeded }]) => isNeeded && fields[key] === null);
  if (lacks.length > 0) return `Say which column is: ${lacks.map(([, { name }]) => name).join(', ')}.`;
  const hasPlace = typeof fields.start === 'number' && typeof fields.end === 'number';
  if (kind === 'codings' && fields.quote === null && !hasPlace)
    return `Say which column is: ${FIELDS.codings.quote.name}, or both ${FIELDS.codings.start.name} and ${FIELDS.codings.end.name}.`;
  return null;
}

const placeIn = (words: string): number | null => (/^\d{1,9}$/.test(words) ? Number(words) : null);

/** Rows of one passage by one coder are one mark with several codes. */
function readCodings(rows: readonly Row[], cell: Cell, coming: Incoming, losses: Losses): void {
  const known = new Map<string, Incoming['annotations'][number]>();
  for (const row of rows) {
    const [source, code, quote] = [cell(row, 'source'), cell(row, 'code'), cell(row, 'quote')];
    const [start, end] = [placeIn(cell(row, 'start')), placeIn(cell(row, 'end'))];
    const hasPlace = start !== null && end !== null && start < end;
    if (source === '' || code === '' || (quote === '' && !hasPlace)) {
      const why = 'A coding needs a source, a code, and a quote or a place.';
      losses.add('Rows that lack something', why, `line ${row.line}`);
      continue;
    }
    const [coder, comment] = [cell(row, 'coder'), cell(row, 'comment')];
    const key = JSON.stringify(['table', coder, source, hasPlace ? [start, end] : null, quote]);
    const codes = code.split(/;|\n/).flatMap((name) => (name.trim() === '' ? [] : `#${name.trim()}`));
    const mark = known.get(key);
    if (mark) {
      mark.codes.push(...codes);
      if (comment !== '' && mark.body !== comment)
        mark.body = mark.body ? `${mark.body}\n\n${comment}` : comment;
      continue;
    }
    const made = {
      ...{ key, source: null, url: source, alias: [titleKey(source)], exact: quote, prefix: '', suffix: '' },
      ...{ start: hasPlace ? start : null, end: hasPlace ? end : null },
      ...{ motivation: 'classifying' as const, body: comment || null, codes, quote: null },
      ...{ creator: coder, created: null },
    };
    known.set(key, made);
    coming.annotations.push(made);
  }
}

function readCodebook(rows: readonly Row[], cell: Cell, coming: Incoming, losses: Losses): void {
  const known = new Map<string, IncomingCode>();
  const keyOf = (name: string) => `#${name.toLowerCase()}`;
  for (const row of rows) {
    const name = cell(row, 'code');
    if (name === '') losses.add('Rows that lack something', 'A code needs a name.', `line ${row.line}`);
    else if (known.has(keyOf(name)))
      losses.add(
        'Codes that come twice',
        'Each name is one code: the first was taken.',
        `line ${row.line}: ${name}`,
      );
    else {
      const parent = cell(row, 'parent');
      known.set(keyOf(name), {
        ...{ key: keyOf(name), name, definition: cell(row, 'definition') },
        ...{ whenToUse: cell(row, 'whenToUse'), whenNot: cell(row, 'whenNot') },
        ...{ colour: cell(row, 'colour') || null, parent: parent === '' ? null : keyOf(parent) },
      });
    }
  }
  // A parent that has no row of its own is a code all the same.
  for (const row of rows) {
    const parent = cell(row, 'parent');
    if (parent === '' || known.has(keyOf(parent))) continue;
    const bare = { definition: '', whenToUse: '', whenNot: '', colour: null, parent: null };
    known.set(keyOf(parent), { ...bare, key: keyOf(parent), name: parent });
  }
  coming.codes.push(...parentsFirst(known, losses));
}

function parentsFirst(codes: ReadonlyMap<string, IncomingCode>, losses: Losses): IncomingCode[] {
  const placed = new Map<string, IncomingCode>();
  const place = (code: IncomingCode, above: ReadonlySet<string>): void => {
    if (placed.has(code.key)) return;
    const parent = code.parent === null ? undefined : codes.get(code.parent);
    if (parent && above.has(parent.key)) {
      losses.add('Codes under themselves', 'They stand at the top.', code.name);
      placed.set(code.key, { ...code, parent: null });
      return;
    }
    if (parent) place(parent, new Set([...above, parent.key]));
    if (!placed.has(code.key)) placed.set(code.key, code);
  };
  for (const code of codes.values()) place(code, new Set([code.key]));
  return [...placed.values()];
}
