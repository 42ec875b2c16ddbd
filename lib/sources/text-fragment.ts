import { trimSpan } from '../annotations/trim-span';

type Span = { readonly start: number; readonly end: number };

/** A longer passage is named by its first and last words, in UTF-16 units. */
const LONGEST = 240;
/** Words that name the beginning or the end of a long passage, and that stand around one that is there twice. */
const ENDS = 5;
const AROUND = 4;

const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/**
 * The address of a page that opens at a passage: a text directive (WICG Scroll To Text Fragment, section 3). `text` is
 * the canonical text the Span counts in (UTF-16 units). Browsers find whole words only, so a passage that ends inside a
 * word is widened to it; one over several blocks is named by its first and last words. Where the words are there twice,
 * those before and after tell which.
 */
export function passageLink(address: string, text: string, span: Span): string {
  const url = new URL(address);
  const hash = url.hash.replace(/:~:.*$/, '');
  url.hash = '';
  return `${url.href}${hash === '' ? '#' : hash}:~:text=${textDirective(text, span)}`;
}

function textDirective(text: string, span: Span): string {
  const { start, end } = wholeWords(text, trimSpan(text, span) ?? span);
  const exact = text.slice(start, end);
  const isWhole = exact.length <= LONGEST && !/[\n\t]/.test(exact);
  const parts = isWhole
    ? [exact]
    : [firstWords(lineFrom(text, start, end), ENDS), lastWords(lineUntil(text, start, end), ENDS)];
  const isAlone = isWhole && text.indexOf(exact) === start && text.indexOf(exact, start + 1) === -1;
  const before = isAlone ? '' : lastWords(lineUntil(text, 0, start), AROUND);
  const after = isAlone ? '' : firstWords(lineFrom(text, end, text.length), AROUND);
  return [
    ...(before === '' ? [] : [`${encode(before)}-`]),
    ...parts.map(encode),
    ...(after === '' ? [] : [`-${encode(after)}`]),
  ].join(',');
}

/** What stands for itself in a directive has to be escaped in its words. */
function encode(part: string): string {
  return encodeURIComponent(part).replace(/-/g, '%2D');
}

/** Each end moved outwards to where a word begins or ends. */
function wholeWords(text: string, { start, end }: Span): Span {
  return { start: wordAround(text, start)?.start ?? start, end: wordAround(text, end)?.end ?? end };
}

/** The word that an offset lies inside of; `null` between words. */
function wordAround(text: string, at: number): Span | null {
  const from = Math.max(0, at - 100);
  const found = words.segment(text.slice(from, at + 100)).containing(at - from);
  if (found === undefined || found.isWordLike !== true || from + found.index === at) return null;
  return { start: from + found.index, end: from + found.index + found.segment.length };
}

/** The first line of a stretch that has words, and the last. */
function lineFrom(text: string, start: number, end: number): string {
  return (
    text
      .slice(start, Math.min(end, start + 2_000))
      .split(/[\n\t]/)
      .find((line) => line.trim() !== '') ?? ''
  );
}
function lineUntil(text: string, start: number, end: number): string {
  return (
    text
      .slice(Math.max(start, end - 2_000), end)
      .split(/[\n\t]/)
      .findLast((line) => line.trim() !== '') ?? ''
  );
}

function firstWords(line: string, count: number): string {
  const found = [...words.segment(line)].filter(({ isWordLike }) => isWordLike);
  const last = found[Math.min(count, found.length) - 1];
  return last === undefined ? '' : line.slice(0, last.index + last.segment.length).trim();
}

function lastWords(line: string, count: number): string {
  const found = [...words.segment(line)].filter(({ isWordLike }) => isWordLike);
  const first = found[Math.max(0, found.length - count)];
  return first === undefined ? '' : line.slice(first.index).trim();
}
