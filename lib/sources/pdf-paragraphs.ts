import type { Line } from './pdf-flow';
import { boxOf, type PdfBox } from './pdf-run';

/** Where a part of a text (UTF-16 units) stands: on which page (an index), and in which box. */
export type PdfPlace = {
  readonly start: number;
  readonly end: number;
  readonly page: number;
  readonly box: PdfBox;
};

/** A paragraph of a PDF; `level` is 0 for prose, 1 for the largest heading of the first page, 2 for any other. */
export type PdfParagraph = {
  readonly text: string;
  readonly level: 0 | 1 | 2;
  readonly places: readonly PdfPlace[];
};

/** From line to line, in sizes of the letters, where a document has too few lines to tell. */
const USUAL_LEADING = 1.3;

/** How a column's lines stand as a rule. */
type Column = { readonly left: number; readonly right: number; readonly leading: number };

const middle = (numbers: readonly number[]) =>
  numbers.length === 0 ? null : ([...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? null);

const alike = (a: number, b: number) => Math.abs(a - b) <= 0.1 * Math.max(a, b);

/** The last are those of fonts of symbols, which office programs set points with. */
const BULLET = /^[•‣◦▪▫■□●○–—*·➢✓\ue000-\uf8ff-]\s/;
const NUMBERED = /^(?:\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivxIVX]{1,5}[.)]|\[\d{1,3}\])\s/;
const ENDS = /[.!?:…]["'”’»)\]]*$/;
const HYPHEN = /\p{L}[-\u00ad\u2010]$/u;
const LOWER = /^["'“‘«(]?\p{Ll}/u;

/** Distances between lines that follow each other in a column, in sizes of their letters. */
function leadings(lines: readonly Line[]): number[] {
  return lines.flatMap((line, at) => {
    const next = lines[at + 1];
    if (next === undefined || next.flow !== line.flow || !alike(line.size, next.size)) return [];
    const gap = (next.base - line.base) / line.size;
    return gap > 0 && gap < 3 ? [gap] : [];
  });
}

function columnsOf(lines: readonly Line[]): Map<number, Column> {
  const whole = middle(leadings(lines)) ?? USUAL_LEADING;
  const columns = new Map<number, Column>();
  for (const [flow, group] of Map.groupBy(lines, (line) => line.flow)) {
    const gaps = leadings(group);
    columns.set(flow, {
      left: Math.min(...group.map(({ left }) => left)),
      right: Math.max(...group.map(({ right }) => right)),
      leading: gaps.length >= 4 ? (middle(gaps) ?? whole) : whole,
    });
  }
  return columns;
}

function isCentred(line: Line, next: Line): boolean {
  return Math.abs(line.left + line.right - next.left - next.right) <= 0.4 * line.size;
}

/** Whether a line of the same column begins a paragraph after those before it. */
function begins(before: readonly Line[], next: Line, column: Column): boolean {
  const first = before[0] as Line;
  const last = before[before.length - 1] as Line;
  const em = last.size;
  if (!alike(last.size, next.size) || next.base <= last.base) return true;
  if ((next.base - last.base) / em > column.leading * 1.2 + 0.1) return true;
  // Rows of a table are paragraphs each.
  if (last.isRow && next.isRow) return true;
  if (last.cells > 1 && next.cells > 1 && last.cells + next.cells > 4) return true;
  const width = column.right - column.left;
  const isShort = last.right < column.right - 0.15 * width;
  if (BULLET.test(next.text)) return true;
  if (NUMBERED.test(next.text) && (isShort || NUMBERED.test(first.text))) return true;
  if (last.font !== next.font && isShort) return true;
  if (isCentred(last, next)) return false;
  const indent = next.left - last.left;
  if (indent > 0.8 * em && indent < 6 * em && last.left - column.left < 0.5 * em)
    return !(BULLET.test(first.text) || NUMBERED.test(first.text)) || before.length > 1;
  if (indent < -0.8 * em && before.length > 1) return true;
  return last.right < column.right - 0.25 * width && ENDS.test(last.text) && !LOWER.test(next.text);
}

/** Whether a line at the head of a column or page goes on with what the one before it broke off. */
function goesOn(last: Line, next: Line): boolean {
  if (!alike(last.size, next.size) || BULLET.test(next.text)) return false;
  return HYPHEN.test(last.text) || (!ENDS.test(last.text) && LOWER.test(next.text));
}

/** Every word of the document as it stands within a line, to tell a hyphen at a line's end that belongs to its word. */
function wordsOf(lines: readonly Line[]): Set<string> {
  return new Set(lines.flatMap(({ text }) => text.toLowerCase().match(/\p{L}+(?:[-\u2010]\p{L}+)*/gu) ?? []));
}

const PART_OF_WORD = /^[\p{L}\u2010-]$/u;

/** The letters and hyphens that a text ends with. */
function lastWord(text: string): string {
  let start = text.length;
  while (start > 0 && PART_OF_WORD.test(text[start - 1] ?? '')) start -= 1;
  return text.slice(start);
}

/** What stands between two lines of a paragraph, and how many letters at the end of the first go. */
function joint(text: string, next: string, words: ReadonlySet<string>): { cut: number; space: string } {
  if (text.endsWith('\u00ad')) return { cut: 1, space: '' };
  if (!HYPHEN.test(text)) return { cut: 0, space: ' ' };
  const head = lastWord(text).toLowerCase();
  const tail = /^\p{L}+/u.exec(next)?.[0]?.toLowerCase() ?? '';
  const isWord = words.has(`${head.slice(0, -1)}${tail}`);
  const isPair = words.has(`${head}${tail}`.replaceAll('\u2010', '-'));
  if (!isWord && (isPair || !LOWER.test(next))) return { cut: 0, space: '' };
  return { cut: 1, space: '' };
}

function joinLines(lines: readonly Line[], words: ReadonlySet<string>): Omit<PdfParagraph, 'level'> {
  let text = '';
  const places: PdfPlace[] = [];
  for (const line of lines) {
    if (text !== '') {
      const { cut, space } = joint(text, line.text, words);
      text = text.slice(0, text.length - cut) + space;
      const last = places.at(-1);
      if (last !== undefined && last.end > text.length)
        places[places.length - 1] = { ...last, end: text.length };
    }
    for (const { start, end, placed } of line.pieces) {
      const place = { start: text.length + start, end: text.length + end };
      places.push({ ...place, page: line.page, box: boxOf(placed.run) });
    }
    text += line.text;
  }
  return { text, places: places.filter(({ start, end }) => end > start) };
}

function groupLines(lines: readonly Line[]): Line[][] {
  const columns = columnsOf(lines);
  const groups: Line[][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group === undefined || last === undefined) {
      groups.push([line]);
      continue;
    }
    const goes =
      last.flow === line.flow ? !begins(group, line, columns.get(line.flow) as Column) : goesOn(last, line);
    if (goes) group.push(line);
    else groups.push([line]);
  }
  return groups;
}

/** A heading has larger letters than the text, and is no more than this long. */
const LONGEST_HEADING = 200;
const HEADING_SIZE = 1.15;

/** The size that most letters of the document have. */
function sizeOfText(lines: readonly Line[]): number {
  const weights = new Map<number, number>();
  for (const { size, text } of lines) weights.set(size, (weights.get(size) ?? 0) + text.length);
  return [...weights].reduce((most, entry) => (entry[1] > most[1] ? entry : most), [0, 0])[0];
}

/**
 * Lines in the order they are read, as paragraphs: cut where the layout shows it (distance, indent, size, list), joined
 * across columns and pages where a sentence goes on. A hyphen that only breaks a word at a line's end goes.
 */
export function paragraphsOf(lines: readonly Line[]): PdfParagraph[] {
  const words = wordsOf(lines);
  const usual = sizeOfText(lines);
  const groups = groupLines(lines);
  const isHeading = (group: readonly Line[], text: string) =>
    (group[0]?.size ?? 0) >= usual * HEADING_SIZE && text.length <= LONGEST_HEADING && /\p{L}/u.test(text);
  const joined = groups.map((group) => ({ group, ...joinLines(group, words) }));
  const headings = joined.filter(({ group, text }) => isHeading(group, text));
  const title = headings
    .filter(({ group }) => group[0]?.page === 0)
    .reduce<Line[] | null>(
      (largest, { group }) => ((group[0]?.size ?? 0) > (largest?.[0]?.size ?? 0) ? group : largest),
      null,
    );
  return joined.map(({ group, ...paragraph }) => {
    if (!isHeading(group, paragraph.text)) return { ...paragraph, level: 0 };
    return { ...paragraph, level: title === group ? 1 : 2 };
  });
}
