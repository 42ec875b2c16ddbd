import { ENGLISH } from '../quotes/english';

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
const INITIAL = /(?:^|[\s(])(\p{L}+)\.\s*$/u;
const OBJECTS = /^[\s\uFFFC]*/u;
const HAS_OBJECT = /\uFFFC/;
const SMALL = /^[\p{Ll},;—–-]/u;

/**
 * Where the sentences of a block end: offsets in UTF-16 units, the last one the length of the text. No sentence ends inside
 * one of the quotations, at "Dr." or an initial, or between a full stop and the U+FFFC (a chip) that follows it.
 */
export function endsOf(words: string, quotations: readonly { start: number; end: number }[]): number[] {
  if (words === '') return [];
  const ends: number[] = [];
  // A chip begins a sentence as a name does.
  for (const { index, segment } of segmenter.segment(words.replaceAll('\uFFFC', 'A'))) {
    const end = index + segment.length;
    if (end === words.length) break;
    const isInside = quotations.some((one) => one.start < end && end < one.end);
    if (isInside || isAbbreviation(words.slice(index, end))) continue;
    ends.push(afterObjects(words, end));
  }
  ends.push(words.length);
  return [...new Set(ends)].sort((a, b) => a - b);
}

function isAbbreviation(segment: string): boolean {
  const last = INITIAL.exec(segment)?.[1];
  if (last === undefined) return false;
  return /^\p{Lu}$/u.test(last) || (/^\p{Lu}/u.test(last) && ENGLISH.abbreviations.has(last.toLowerCase()));
}

/** Behind the chips that follow an end, unless the words after them go on with them: "[chip] said Lund". */
function afterObjects(words: string, end: number): number {
  const objects = OBJECTS.exec(words.slice(end))?.[0] ?? '';
  const next = words.slice(end + objects.length);
  return HAS_OBJECT.test(objects) && !SMALL.test(next) ? end + objects.length : end;
}
