const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** A text cut into words, blanks and signs; joined together they are the text again. */
export function wordsOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** How many words a text has; blanks and signs are none. */
export function countWords(text: string): number {
  let count = 0;
  for (const { isWordLike } of segmenter.segment(text)) if (isWordLike) count++;
  return count;
}

/** How much two texts have in common, from 0 to 1: by their words, or by where they begin and end alike. */
export function likeness(one: string, other: string): number {
  const longer = Math.max(one.length, other.length);
  if (longer === 0) return 1;
  const shorter = Math.min(one.length, other.length);
  let [start, end] = [0, 0];
  while (start < shorter && one[start] === other[start]) start++;
  while (end < shorter - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end++;
  return Math.max((start + end) / longer, sharedWords(one, other));
}

/** Dice's coefficient of the words of two texts, each counted as often as it stands there. */
function sharedWords(one: string, other: string): number {
  const counts = new Map<string, number>();
  const [first, second] = [realWords(one), realWords(other)];
  if (first.length + second.length === 0) return 0;
  for (const word of first) counts.set(word, (counts.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of second) {
    const left = counts.get(word) ?? 0;
    if (left === 0) continue;
    counts.set(word, left - 1);
    shared++;
  }
  return (2 * shared) / (first.length + second.length);
}

function realWords(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
