/** A word, or a letter of a script that writes without spaces. */
const WORDS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]|[\p{L}\p{N}]+/gu;

/** A text of fewer words is judged word by word: one that is replaced would break most of its triples. */
const SHORT = 60;
/** Below this part of what it said, a page is not the one it was. A rewritten article keeps far more. */
const LEAST = { words: 0.34, triples: 0.05 };

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(WORDS) ?? [];
}

function triplesOf(words: readonly string[]): Set<string> {
  return new Set(words.slice(2).map((word, at) => `${words[at]} ${words[at + 1]} ${word}`));
}

/**
 * Whether a page that was read again is another thing altogether: a login, a consent wall, "just a moment", the site's
 * front page. Judged by how many of the old text's triples of words are left.
 */
export function isOtherPage(before: string, now: string): boolean {
  const old = wordsOf(before);
  const found = wordsOf(now);
  const isShort = old.length < SHORT;
  const [wanted, there] = isShort ? [new Set(old), new Set(found)] : [triplesOf(old), triplesOf(found)];
  if (wanted.size === 0) return false;
  let common = 0;
  for (const one of wanted) if (there.has(one)) common += 1;
  return common / wanted.size < (isShort ? LEAST.words : LEAST.triples);
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');

/**
 * Whether a page says what it said, and only less of it is taken for its article: all lines of the text now were in the one before, in
 * their order, and those that are gone still stand on the page as it is, word for word.
 */
export function isReadOtherwise(before: string, now: string, page: string): boolean {
  const lines = linesOf(now);
  /** How often each line stands on the page beside what is taken of it. */
  const beside = new Map<string, number>();
  const count = (line: string, by: 1 | -1) => beside.set(line, (beside.get(line) ?? 0) + by);
  for (const line of linesOf(page)) count(line, 1);
  for (const line of lines) count(line, -1);
  let at = 0;
  for (const line of linesOf(before)) {
    if (line === lines[at]) at += 1;
    else if ((beside.get(line) ?? 0) < 1) return false;
    else count(line, -1);
  }
  return at === lines.length;
}

/** So much of what was left out of a page is remembered, to find the place again; UTF-16 units. */
const MARK = 200;

/** What is remembered of the rest that was left out of a text from a place on; `null` when that is nothing. */
export function trimMark(text: string, trimAt: number): string | null {
  return text.slice(trimAt).trimStart().slice(0, MARK) || null;
}

/**
 * Where to leave out the rest of a page as it is now (UTF-16 units): where what was left out before begins, by the whole
 * of what is remembered of it or else its first line. `null`: nothing was left out, or the place is not found.
 */
export function trimPlace(page: string, mark: string | null): number | null {
  if (mark === null) return null;
  for (const start of [mark, mark.split('\n')[0] ?? '']) {
    const at = start.trim() === '' ? -1 : page.lastIndexOf(start);
    if (at > 0) return at;
  }
  return null;
}
