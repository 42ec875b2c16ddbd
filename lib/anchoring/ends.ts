import { ACCENT, foldLetters, HIDDEN, longFolding, MARK, SPACE, unitEntry } from './fold';
import type { Words } from './words';

/** Longest word that an offset is mapped into letter by letter, in UTF-16 units. */
const LONGEST = 120;
/** Most units looked at beyond the first and last word known. */
const FURTHEST = 64;

/** The folded signs of a piece of punctuation and where each stands; runs of one sign count once, space not at all. */
function signsOf(
  text: string,
  start: number,
  end: number,
): { signs: number[]; starts: number[]; ends: number[] } {
  const signs: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    const entry = unitEntry(code);
    const kind = entry & 15;
    if (kind === SPACE || kind === HIDDEN || kind === ACCENT || kind === MARK) continue;
    const sign = entry >>> 4 || longFolding(code).charCodeAt(0) || code;
    const last = signs.length - 1;
    if (last >= 0 && signs[last] === sign && ends[last] === at) ends[last] = at + 1;
    else {
      signs.push(sign);
      starts.push(at);
      ends.push(at + 1);
    }
  }
  return { signs, starts, ends };
}

/** What stands before a word: back to the end of the word before it. */
const before = (words: Words, word: number) =>
  [
    word > 0 ? (words.ends[word - 1] as number) : Math.max(0, (words.starts[word] as number) - FURTHEST),
    words.starts[word] as number,
  ] as const;
const behind = (words: Words, word: number) =>
  [
    words.ends[word] as number,
    word + 1 < words.count
      ? (words.starts[word + 1] as number)
      : Math.min(words.text.length, (words.ends[word] as number) + FURTHEST),
  ] as const;

/** Maps an offset inside an old word into the new word that took its place: behind the same letters, or before the same. */
function insideWord(
  a: Words,
  word: number,
  b: Words,
  to: number,
  offset: number,
  side: 'start' | 'end',
): number {
  const start = b.starts[to] as number;
  const end = b.ends[to] as number;
  const was = a.text.slice(a.starts[word], a.ends[word]);
  const is = b.text.slice(start, end);
  const done = offset - (a.starts[word] as number);
  if (done === was.length) return end;
  if (done === 0 || was === is) return start + done;
  if (Math.max(was.length, is.length) > LONGEST) return side === 'start' ? start : end;
  const head = foldLetters(was.slice(0, done));
  const tail = foldLetters(was.slice(done));
  for (let at = 1; at < is.length; at += 1) if (foldLetters(is.slice(0, at)) === head) return start + at;
  for (let at = 1; at < is.length; at += 1) if (foldLetters(is.slice(at)) === tail) return start + at;
  return side === 'start' ? start : end;
}

/** Where a passage starts in the new text (UTF-16 units) that started at `offset`, its first word `word` now at `to`. */
export function mapStart(a: Words, word: number, b: Words, to: number, offset: number): number {
  if (offset >= (a.starts[word] as number)) return insideWord(a, word, b, to, offset, 'start');
  const [aFrom, aTo] = before(a, word);
  const [bFrom, bTo] = before(b, to);
  const lead = a.text.slice(Math.max(offset, aFrom), aTo);
  if (b.text.slice(bFrom, bTo).endsWith(lead)) return bTo - lead.length;
  const old = signsOf(a.text, aFrom, aTo);
  const now = signsOf(b.text, bFrom, bTo);
  let start = bTo;
  for (let each = 1; each <= old.signs.length; each += 1) {
    if ((old.starts[old.signs.length - each] as number) < offset) break;
    const sign = now.signs[now.signs.length - each];
    if (sign === undefined) break;
    if (sign !== old.signs[old.signs.length - each] && old.signs.length !== now.signs.length) break;
    start = now.starts[now.signs.length - each] as number;
  }
  return start;
}

/** Where a passage ends in the new text (UTF-16 units) that ended at `offset`, its last word `word` now at `to`. */
export function mapEnd(a: Words, word: number, b: Words, to: number, offset: number): number {
  if (offset <= (a.ends[word] as number)) return insideWord(a, word, b, to, offset, 'end');
  const [aFrom, aTo] = behind(a, word);
  const [bFrom, bTo] = behind(b, to);
  const tail = a.text.slice(aFrom, Math.min(offset, aTo));
  if (b.text.slice(bFrom, bTo).startsWith(tail)) return bFrom + tail.length;
  const old = signsOf(a.text, aFrom, aTo);
  const now = signsOf(b.text, bFrom, bTo);
  let end = bFrom;
  for (let each = 0; each < old.signs.length; each += 1) {
    if ((old.ends[each] as number) > offset) break;
    const sign = now.signs[each];
    if (sign === undefined) break;
    if (sign !== old.signs[each] && old.signs.length !== now.signs.length) break;
    end = now.ends[each] as number;
  }
  return end;
}
