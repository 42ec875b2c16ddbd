import type { Span } from './proposal';

/** A passage between quotation marks; a passage over several paragraphs has a piece for each. */
export type Quoted = {
  /** With its marks. */
  readonly outer: Span;
  /** The words alone, a piece a paragraph. */
  readonly pieces: readonly Span[];
  /** Whether the marks are single, which apostrophes resemble. */
  readonly single: boolean;
};

/** A single quotation longer than this is taken for two apostrophes. */
const LONGEST_SINGLE = 600;
/** Paragraphs that a quotation may go on for. */
const MOST_PIECES = 40;
const CLOSES: Readonly<Record<string, string>> = {
  '“': '”',
  '„': '“”',
  '«': '»',
  '»': '«',
  '"': '"',
  '‘': '’',
  '‚': '‘’',
  '‹': '›',
  "'": "'",
};
const SINGLES = new Set(["'", '‘', '‚', '‹']);
const LETTER = /[\p{L}\p{N}]/u;
const BLANK = /\s/;
/** The mark opened again before it closed: what it opened is no quotation. */
const NEVER = -2;
const END_MARKS = /[.,!?…]/;

/**
 * The passages in quotation marks of a text, in order and none inside another: straight and curly marks, guillemets,
 * low marks. Each paragraph of a long quotation opens, only the last one closes. Looks at each character a bounded
 * number of times.
 */
export function quotedIn(text: string): Quoted[] {
  const found: Quoted[] = [];
  const lines = new Lines(text);
  let at = 0;
  while (at < text.length) {
    const mark = text.charAt(at);
    const quoted = mark in CLOSES && opens(text, at) ? passageAt(text, at, lines) : null;
    if (quoted === null) at += 1;
    else {
      found.push(quoted);
      at = quoted.outer.end;
    }
  }
  return found;
}

function opens(text: string, at: number): boolean {
  const mark = text.charAt(at);
  const before = text.charAt(at - 1);
  const after = text.charAt(at + 1);
  if (after === '' || after === '\n') return false;
  if (mark === '“' || mark === '„' || mark === '«' || mark === '‹') return true;
  const isFree = before === '' || BLANK.test(before) || /[([{—–\-/“"«]/.test(before);
  if (mark === '»') return isFree && LETTER.test(after);
  if (SINGLES.has(mark)) return isFree && LETTER.test(after);
  return isFree && !BLANK.test(after);
}

function passageAt(text: string, at: number, lines: Lines): Quoted | null {
  const mark = text.charAt(at);
  const single = SINGLES.has(mark);
  const pieces: Span[] = [];
  let from = at + 1;
  for (;;) {
    const end = single ? Math.min(lines.endOf(from), from + LONGEST_SINGLE) : lines.endOf(from);
    const close = single ? singleClose(text, from, end, mark) : doubleClose(text, from, end, mark);
    if (close === NEVER) return null;
    const piece = within(text, from, close === -1 ? end : close);
    if (close !== -1) {
      if (piece !== null) pieces.push(piece);
      return pieces.length === 0 ? null : { outer: { start: at, end: close + 1 }, pieces, single };
    }
    // Not closed: it goes on where the next paragraph opens with the same mark.
    const next = nextParagraph(text, end);
    if (single || piece === null || pieces.length >= MOST_PIECES || text.charAt(next) !== mark) return null;
    pieces.push(piece);
    from = next + 1;
  }
}

function doubleClose(text: string, from: number, end: number, mark: string): number {
  const closing = CLOSES[mark] ?? '';
  for (let at = from; at < end; at += 1) {
    const here = text.charAt(at);
    if (here === mark && mark !== '"') return NEVER;
    if (!closing.includes(here)) continue;
    if (mark === '"' && at > from && BLANK.test(text.charAt(at - 1)) && opens(text, at)) return NEVER;
    return at;
  }
  return -1;
}

/** Where a single quotation closes: a mark no letter follows, and not the apostrophe of a plural ("the boats' crew"). */
function singleClose(text: string, from: number, end: number, mark: string): number {
  const closing = CLOSES[mark] ?? '';
  let plural = -1;
  for (let at = from; at < end; at += 1) {
    const here = text.charAt(at);
    if (mark === "'" && here === mark && opens(text, at)) break;
    if (here === mark && mark !== "'") break;
    if (!closing.includes(here) || LETTER.test(text.charAt(at + 1))) continue;
    const before = text.charAt(at - 1);
    if (BLANK.test(before)) continue;
    const isPlural = before === 's' && text.charAt(at + 1) === ' ' && /\p{Ll}/u.test(text.charAt(at + 2));
    if (!isPlural || END_MARKS.test(before)) return at;
    if (plural === -1) plural = at;
  }
  return plural;
}

/** Where lines end; the last answer is kept, so that asking within a line costs nothing. */
class Lines {
  readonly #text: string;
  #from = 0;
  #end = -1;

  constructor(text: string) {
    this.#text = text;
  }

  endOf(at: number): number {
    if (at < this.#from || at > this.#end) {
      const line = this.#text.indexOf('\n', at);
      this.#from = at;
      this.#end = line === -1 ? this.#text.length : line;
    }
    return this.#end;
  }
}

function nextParagraph(text: string, end: number): number {
  let at = end;
  while (at < text.length && BLANK.test(text.charAt(at))) at += 1;
  return at;
}

/** The words without white space around them, and without the comma that belongs to the sentence around. */
function within(text: string, start: number, end: number): Span | null {
  let [from, to] = [start, end];
  while (from < to && BLANK.test(text.charAt(from))) from += 1;
  while (to > from && BLANK.test(text.charAt(to - 1))) to -= 1;
  if (to > from && text.charAt(to - 1) === ',') to -= 1;
  return LETTER.test(text.slice(from, to)) ? { start: from, end: to } : null;
}
