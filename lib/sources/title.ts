const LONGEST_LINE = 300;
const LONGEST_CUT = 120;

/**
 * A title for a pasted text: its first line with letters in it, or the beginning of that line when it is a paragraph.
 * Empty when the text has no letters.
 */
export function findTitle(text: string): string {
  const line = firstLine(text);
  if (line.length <= LONGEST_LINE) return line;
  const cut = line.slice(0, LONGEST_CUT);
  const space = cut.lastIndexOf(' ');
  const whole = (space > LONGEST_CUT / 2 ? cut.slice(0, space) : cut).toWellFormed();
  return `${whole.replace(/\ufffd$/, '').trimEnd()}…`;
}

/** The first line that is not blank, with its white space collapsed. */
export function firstLine(text: string): string {
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end).slice(0, 4 * LONGEST_LINE);
    const clean = line.replace(/[\s\ufeff]+/g, ' ').trim();
    if (/[\p{L}\p{N}]/u.test(clean)) return clean;
    if (end < 0) break;
    at = end + 1;
  }
  return '';
}
