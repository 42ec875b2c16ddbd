/** Words on one line. */
export function flat(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** The beginning of a text, at most `most` UTF-16 units; never half of a character. */
export function cut(text: string, most: number): string {
  return text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
}

/** At most `most` UTF-16 units of a text on one line, "…" included where it goes on; cut between words where there are any. */
export function shorten(text: string, most: number): string {
  const line = flat(text);
  if (line.length <= most) return line;
  const begun = cut(line, Math.max(1, most - 1));
  const space = begun.lastIndexOf(' ');
  return `${(space > most / 2 ? begun.slice(0, space) : begun).trimEnd()}…`;
}
