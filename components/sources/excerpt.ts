/** The beginning and the end of a long text, and how many UTF-16 units between them are not shown. */
export function excerpt(text: string, limit: number): { head: string; hidden: number; tail: string } {
  if (text.length <= limit) return { head: text, hidden: 0, tail: '' };
  const half = Math.floor(limit / 2);
  const head = text.slice(0, half).replace(/[\uD800-\uDBFF]$/, '');
  const tail = text.slice(text.length - half).replace(/^[\uDC00-\uDFFF]/, '');
  return { head, hidden: text.length - head.length - tail.length, tail };
}
