/** The end of a text in whole words, at most so many UTF-16 units; begun with … where something was left out. */
export function lastWords(text: string, most: number): string {
  if (text.length <= most) return text;
  // Never half of a character.
  const end = text.slice(-most).replace(/^[\udc00-\udfff]/, '');
  return `…${end.slice(Math.max(0, end.search(/\s/)))}`.replace(/^…\s+/, '… ');
}

/** The beginning of a text in whole words, at most so many UTF-16 units; ended with … where something was left out. */
export function firstWords(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text
    .slice(0, most)
    .replace(/[\ud800-\udbff]$/, '')
    .replace(/\s\S*$/, '');
  return `${cut.trimEnd()} …`;
}
