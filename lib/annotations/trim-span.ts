/** UTF-16 units looked at around an offset for the character it may stand in. */
const AROUND = 64;
/** The first code point that can join the one before it. */
const COMBINING = 0x300;
const BLANK = /\s/;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The character (grapheme cluster) around or after an offset, in UTF-16 units; `null` at the end of the text. */
export function characterAt(text: string, offset: number): { start: number; end: number } | null {
  if (offset < 0 || offset >= text.length) return null;
  // A character always begins at an ASCII or Latin letter: looking back to one is enough.
  let from = offset;
  while (from > 0 && offset - from < AROUND && text.charCodeAt(from) >= COMBINING) from -= 1;
  if (from > 0 && (text.charCodeAt(from) & 0xfc00) === 0xdc00) from -= 1;
  const slice = text.slice(from, offset + AROUND);
  const found = graphemes.segment(slice).containing(offset - from);
  if (found === undefined) return null;
  return { start: from + found.index, end: from + found.index + found.segment.length };
}

/** Moves an offset off the middle of a character, outwards: back for a start, forward for an end (UTF-16 units). */
export function wholeCharacter(text: string, offset: number, side: 'start' | 'end'): number {
  const at = Math.min(Math.max(offset, 0), text.length);
  const character = characterAt(text, at);
  if (character === null || character.start === at) return at;
  return side === 'start' ? character.start : character.end;
}

/** The passage with whole characters and without white space or separators at its ends; `null` when nothing is left. UTF-16 units. */
export function trimSpan(
  text: string,
  span: { readonly start: number; readonly end: number },
): { start: number; end: number } | null {
  let { start, end } = span;
  if (start < end) {
    start = wholeCharacter(text, start, 'start');
    end = wholeCharacter(text, end, 'end');
  }
  while (start < end && BLANK.test(text.charAt(start))) start += 1;
  while (end > start && BLANK.test(text.charAt(end - 1))) end -= 1;
  return start < end ? { start, end } : null;
}
