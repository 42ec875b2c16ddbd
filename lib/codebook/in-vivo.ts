/** Longest name of a code, in UTF-16 units. */
const LONGEST = 120;

/** The name of a code that is called by the words of a passage: on one line, without the marks around it, cut at a word. */
export function nameOfWords(exact: string): string {
  const words = exact
    .replace(/\s+/gu, ' ')
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '')
    .trim();
  if (words.length <= LONGEST) return words || exact.trim().slice(0, LONGEST);
  const cut = words.slice(0, LONGEST - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > LONGEST / 2 ? cut.slice(0, space) : cut).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
