import { ACCENT, HIDDEN, MARK, SURROGATE, unitClass } from './fold';

/** UTF-16 units looked at on either side of an offset: no character that people write is longer. */
const REACH = 96;

let segmenter: Intl.Segmenter | undefined;

/** Whether a unit may belong to a character of several: most texts hardly have any. */
function mayJoin(code: number): boolean {
  if (code < 0x300) return code === 0x0d || code === 0x0a || code === 0xa9 || code === 0xad || code === 0xae;
  const found = unitClass(code);
  if (found === SURROGATE || found === MARK || found === ACCENT || found === HIDDEN) return true;
  return (
    (code >= 0x1100 && code <= 0x11ff) ||
    (code >= 0xa960 && code <= 0xa97f) ||
    (code >= 0xd7b0 && code <= 0xd7ff) ||
    code === 0xe33 ||
    code === 0xeb3 ||
    (code >= 0x600 && code <= 0x605)
  );
}

/**
 * Moves an offset (UTF-16 units) off the inside of what people take for one character (a surrogate pair, a letter with
 * its marks, an emoji of several), to that character's start (`-1`) or end (`1`). Offsets between characters stay.
 */
export function wholeCharacter(text: string, offset: number, side: -1 | 1): number {
  if (offset <= 0 || offset >= text.length) return Math.min(Math.max(offset, 0), text.length);
  if (!mayJoin(text.charCodeAt(offset)) && !mayJoin(text.charCodeAt(offset - 1))) return offset;
  let from = Math.max(0, offset - REACH);
  // A flag is two of a kind: the window must begin where characters begin.
  for (let at = offset - 1; at > from; at -= 1) {
    if (!mayJoin(text.charCodeAt(at)) && !mayJoin(text.charCodeAt(at - 1))) {
      from = at;
      break;
    }
  }
  segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  const found = segmenter.segment(text.slice(from, offset + REACH)).containing(offset - from);
  if (found === undefined || from + found.index === offset) return offset;
  return side < 0 ? from + found.index : from + found.index + found.segment.length;
}
