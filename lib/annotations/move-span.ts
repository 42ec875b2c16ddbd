import { trimSpan } from './trim-span';

type Span = { readonly start: number; readonly end: number };
export type Unit = 'character' | 'word' | 'sentence';
export type Direction = 'back' | 'forward';
/** `select` takes the sentence before or after; `move` grows or shrinks the passage at one edge. */
export type SpanCommand =
  | { readonly kind: 'select'; readonly direction: Direction }
  | {
      readonly kind: 'move';
      readonly edge: 'start' | 'end';
      readonly unit: Unit;
      readonly direction: Direction;
    };

/** Intl.Segmenter stalls on very long strings: a longer line is cut into parts of this many UTF-16 units. */
const LONGEST = 16_000;

const segmenters = {
  character: new Intl.Segmenter(undefined, { granularity: 'grapheme' }),
  word: new Intl.Segmenter(undefined, { granularity: 'word' }),
  sentence: new Intl.Segmenter(undefined, { granularity: 'sentence' }),
};

/**
 * Applies a keyboard command to a passage and gives the new one, in UTF-16 units; the same passage when there is no
 * further to go. An edge stops at words or letters, never on white space, and never crosses the other edge. A passage
 * with `start === end` is a caret: `select` forward then takes the sentence it stands in. `null` asks from the beginning
 * (or, going back, from the end); the answer is `null` only when the text has no letter.
 */
export function moveSpan(text: string, span: Span | null, command: SpanCommand): Span | null {
  if (command.kind === 'select') return selectSentence(text, span, command.direction);
  if (span === null) return null;
  const { edge, unit, direction } = command;
  for (const part of partsFrom(text, span[edge], direction)) {
    const units = unitsOf(text, part, unit).map((found) => found[edge]);
    const reached =
      direction === 'forward' ? units.find((at) => at > span[edge]) : units.findLast((at) => at < span[edge]);
    if (reached === undefined) continue;
    const moved = edge === 'start' ? { start: reached, end: span.end } : { start: span.start, end: reached };
    return moved.start < moved.end ? moved : span;
  }
  return span;
}

function selectSentence(text: string, span: Span | null, direction: Direction): Span | null {
  const forward = direction === 'forward';
  const from = span === null ? (forward ? 0 : text.length) : forward ? span.end : span.start;
  const caret = span === null || span.start === span.end;
  for (const part of partsFrom(text, from, direction)) {
    const sentences = unitsOf(text, part, 'sentence');
    const found = forward
      ? sentences.find((sentence) => (caret ? sentence.end > from : sentence.start >= from))
      : sentences.findLast((sentence) => sentence.end <= from);
    if (found !== undefined) return found;
  }
  return span !== null && !caret ? span : null;
}

/** The words, characters or sentences of a part that hold something to read, without the white space around them. */
function unitsOf(text: string, part: Span, unit: Unit): Span[] {
  const found: Span[] = [];
  for (const { index, segment, isWordLike } of segmenters[unit].segment(text.slice(part.start, part.end))) {
    if (unit === 'word' && isWordLike === false) continue;
    const start = part.start + index;
    if (unit !== 'sentence') {
      if (segment.trim() !== '') found.push({ start, end: start + segment.length });
      continue;
    }
    const sentence = trimSpan(text, { start, end: start + segment.length });
    if (sentence !== null) found.push(sentence);
  }
  return found;
}

/** The line around an offset and then those after it (or before it), each no longer than the segmenter bears. */
function* partsFrom(text: string, offset: number, direction: Direction): Generator<Span> {
  let at = Math.min(Math.max(offset, 0), text.length);
  let line = lineAround(text, at);
  while (true) {
    const parts = cut(text, line);
    if (direction === 'back') parts.reverse();
    yield* parts.filter((part) => (direction === 'forward' ? part.end >= offset : part.start <= offset));
    at = direction === 'forward' ? line.end + 1 : line.start - 1;
    if (at < 0 || at > text.length) return;
    line = lineAround(text, at);
  }
}

function lineAround(text: string, offset: number): Span {
  let start = offset;
  let end = offset;
  while (start > 0 && !isBreak(text.charCodeAt(start - 1))) start -= 1;
  while (end < text.length && !isBreak(text.charCodeAt(end))) end += 1;
  return { start, end };
}

function isBreak(unit: number): boolean {
  return unit === 10 || unit === 9;
}

function cut(text: string, line: Span): Span[] {
  const parts: Span[] = [];
  let start = line.start;
  while (line.end - start > LONGEST) {
    const space = text.lastIndexOf(' ', start + LONGEST);
    const end = space > start ? space + 1 : start + LONGEST;
    parts.push({ start, end });
    start = end;
  }
  parts.push({ start, end: line.end });
  return parts;
}
