const OPENS = /^[“”„«»"‘‚]/;

/** Words as a quotation, on one line; what stands in quotation marks itself gets none. */
export function quoted(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim();
  return OPENS.test(line) ? line : `“${line}”`;
}
