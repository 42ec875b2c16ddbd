import { cellsOf } from '../csv';
import { CODE_COLOURS } from './colours';

/** One code of a list that is brought in; `line` is where it stands, from 1. */
export type ListedCode = {
  readonly line: number;
  readonly name: string;
  /** The name of the code it stands under. */
  readonly parent: string | null;
  readonly depth: number;
  readonly definition: string;
  readonly colour?: (typeof CODE_COLOURS)[number];
};
export type CodeList = {
  readonly format: 'indented' | 'paths' | 'csv';
  readonly codes: readonly ListedCode[];
  /** Lines that can't be read, and why. Nothing else of the list depends on them but what stands under them. */
  readonly faults: readonly { readonly line: number; readonly why: string }[];
};
type Line = { line: number; text: string };
type Found = Omit<ListedCode, 'depth'>;

/** Longest name and definition, in UTF-16 units. */
const LONGEST = { name: 120, definition: 4_000 };
/** Columns to the next tab stop. */
const TAB = 4;

/**
 * Reads a list of codes as people have it: indented by tabs, spaces or dashes, with a path in each line
 * (`Parent > Child`), or as CSV with a head that names name, definition, colour and parent.
 */
export function parseCodeList(text: string): CodeList {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((one, index) => ({ line: index + 1, text: one.trimEnd() }))
    .filter((one) => one.text.trim() !== '');
  const separator = separatorOf(lines[0]?.text ?? '');
  const hasPaths = lines.some((one) => / > /.test(one.text));
  const format = separator !== null ? 'csv' : hasPaths ? 'paths' : 'indented';
  const faults: { line: number; why: string }[] = [];
  const fault = (line: number, why: string) => faults.push({ line, why });
  const found =
    separator !== null
      ? readCsv(text.replace(/^\uFEFF/, ''), separator, fault)
      : hasPaths
        ? lines.flatMap(readPath)
        : readIndented(lines);
  return { format, codes: check(found, fault), faults };
}

/** Each name once, with what may be said of it, and under a parent that stands above it. */
function check(found: readonly Found[], fault: (line: number, why: string) => void): ListedCode[] {
  const codes: ListedCode[] = [];
  const known = new Map<string, ListedCode>();
  for (const one of found) {
    const twin = known.get(one.name.toLowerCase());
    const parent = one.parent === null ? undefined : known.get(one.parent.toLowerCase());
    if (one.name === '') fault(one.line, 'There is no name.');
    else if (one.name.length > LONGEST.name)
      fault(one.line, `A name has at most ${LONGEST.name} characters; this one has ${one.name.length}.`);
    else if (one.definition.length > LONGEST.definition)
      fault(one.line, `A definition has at most ${LONGEST.definition} characters.`);
    else if (twin !== undefined) {
      const same = (twin.parent ?? '').toLowerCase() === (one.parent ?? '').toLowerCase();
      // A path names its beginning again and again.
      if (!same)
        fault(one.line, `“${twin.name}” stands in line ${twin.line} already; each name is one code.`);
    } else {
      const code = { ...one, parent: parent?.name ?? one.parent, depth: (parent?.depth ?? -1) + 1 };
      known.set(one.name.toLowerCase(), code);
      codes.push(code);
    }
  }
  return codes;
}

function readIndented(lines: readonly Line[]): Found[] {
  const open: { column: number; name: string }[] = [];
  return lines.map(({ line, text }) => {
    const [, space = '', dashes = '', name = ''] =
      /^([\t \u00A0]*)((?:[-–—*•+]+[\t \u00A0]+)?)(.*)$/u.exec(text) ?? [];
    // One dash is the sign of a list; each further one is a level.
    const column = columnsOf(space) + Math.max(dashes.trim().length - 1, 0) * TAB;
    while ((open.at(-1)?.column ?? -1) >= column) open.pop();
    const parent = open.at(-1)?.name ?? null;
    open.push({ column, name: name.trim() });
    return { line, name: name.trim(), parent, definition: '' };
  });
}

function columnsOf(space: string): number {
  let columns = 0;
  for (const letter of space) columns += letter === '\t' ? TAB - (columns % TAB) : 1;
  return columns;
}

function readPath({ line, text }: Line): Found[] {
  const names = text.split(/\s>\s/).map((name) => name.trim());
  return names.map((name, at) => ({ line, name, parent: names[at - 1] ?? null, definition: '' }));
}

/** What stands between the columns of a head that names at least `name` and one thing more. */
function separatorOf(head: string): string | null {
  for (const separator of [',', ';', '\t']) {
    const names = head
      .toLowerCase()
      .split(separator)
      .map((name) => name.trim().replace(/^"|"$/g, ''));
    if (names.length > 1 && names.includes('name') && names.every((name) => COLUMNS.includes(name)))
      return separator;
  }
  return null;
}

const COLUMNS = ['name', 'definition', 'colour', 'color', 'parent'];

function readCsv(text: string, separator: string, fault: (line: number, why: string) => void): Found[] {
  const [head, ...rows] = cellsOf(text, separator);
  const names = (head?.cells ?? []).map((name) => name.trim().toLowerCase());
  const found: Found[] = [];
  for (const { line, cells } of rows) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    const cell = (...wanted: string[]) =>
      (cells[names.findIndex((name) => wanted.includes(name))] ?? '').trim();
    const said = cell('colour', 'color').toLowerCase();
    const colour = CODE_COLOURS.find((each) => each === said);
    if (cells.length > names.length) {
      fault(
        line,
        `There are ${cells.length} cells under a head of ${names.length}. Put quotes around text with a “${separator}” in it.`,
      );
      continue;
    }
    if (said !== '' && colour === undefined) {
      fault(line, `“${said}” is no colour here. Take one of ${CODE_COLOURS.join(', ')}.`);
      continue;
    }
    const parent = cell('parent');
    found.push({
      ...{ line, name: cell('name'), parent: parent === '' ? null : parent },
      ...{ definition: cell('definition'), ...(colour && { colour }) },
    });
  }
  return parentsFirst(found);
}

/** Rows in such an order that a parent that is in the list stands above its children. */
function parentsFirst(rows: readonly Found[]): Found[] {
  const byName = new Map(rows.map((row) => [row.name.toLowerCase(), row]));
  const placed = new Set<Found>();
  const place = (row: Found, above: readonly Found[]): void => {
    if (placed.has(row) || above.includes(row)) return;
    const parent = byName.get(row.parent?.toLowerCase() ?? '');
    if (parent !== undefined) place(parent, [...above, row]);
    placed.add(row);
  };
  for (const row of rows) place(row, []);
  return [...placed];
}

/** The list as indented text, a tab for each level: what `parseCodeList` reads. */
export function printCodeList(codes: readonly Pick<ListedCode, 'name' | 'depth'>[]): string {
  return codes.map(({ name, depth }) => `${'\t'.repeat(depth)}${name}`).join('\n');
}
