import { ALIKE, likeness } from './alike';
import { breakBefore } from './slide';
import type { Words } from './words';

/** Words without a partner on both sides, between words that have one; ends exclusive. */
export type Gap = { aStart: number; aEnd: number; bStart: number; bEnd: number };

/** Most pairs of words of a gap that are compared by spelling. */
const PAIRS = 200;

const lettersIn = (words: Words, start: number, end: number) =>
  Array.from({ length: end - start }, (_, each) =>
    words.text.slice(words.starts[start + each], words.ends[start + each]).toLowerCase(),
  );

/** Tells which words of a gap are the same words spelt differently, in order, and how alike (0 to 1). */
export function matchAlike(
  a: Words,
  b: Words,
  gap: Gap,
  tell: (at: number, to: number, like: number) => void,
): void {
  const height = gap.aEnd - gap.aStart;
  const width = gap.bEnd - gap.bStart;
  if (height <= 0 || width <= 0 || height * width > PAIRS) return;
  const ones = lettersIn(a, gap.aStart, gap.aEnd);
  const twos = lettersIn(b, gap.bStart, gap.bEnd);
  const like = new Float32Array(height * width);
  const best = new Float32Array((height + 1) * (width + 1));
  for (let row = height - 1; row >= 0; row -= 1) {
    const word = ones[row] as string;
    for (let column = width - 1; column >= 0; column -= 1) {
      const found = likeness(word, twos[column] as string);
      like[row * width + column] = found;
      const over = (row + 1) * (width + 1) + column;
      best[row * (width + 1) + column] = Math.max(
        best[over] as number,
        best[row * (width + 1) + column + 1] as number,
        found >= ALIKE ? found + (best[over + 1] as number) : 0,
      );
    }
  }
  for (let row = 0, column = 0; row < height && column < width; ) {
    const here = best[row * (width + 1) + column] as number;
    const pair = like[row * width + column] as number;
    if (
      pair >= ALIKE &&
      here === Math.fround(pair + (best[(row + 1) * (width + 1) + column + 1] as number))
    ) {
      tell(gap.aStart + row, gap.bStart + column, pair);
      row += 1;
      column += 1;
    } else if (here === best[(row + 1) * (width + 1) + column]) row += 1;
    else column += 1;
  }
}

/**
 * Where the boundary before word `cut` of `a` falls among the words of a gap in `b`. A word that was replaced keeps its
 * replacement, what was only put in at a boundary stays outside: `inside` says on which side of it the passage lies.
 */
export function cutGap(a: Words, b: Words, gap: Gap, cut: number, inside: 'left' | 'right'): number {
  let low = gap.bStart;
  let high = gap.bEnd;
  let left = cut - gap.aStart;
  let right = gap.aEnd - cut;
  matchAlike(a, b, gap, (at, to) => {
    if (at < cut) {
      low = to + 1;
      left = cut - at - 1;
    } else if (high === gap.bEnd) {
      high = to;
      right = at - cut;
    }
  });
  const size = high - low;
  if (size <= 0) return low;
  const outside = inside === 'right' ? left : right;
  const within = inside === 'right' ? right : left;
  if (within === 0) return inside === 'right' ? high : low;
  // What was put in ends a sentence where the old text was in the middle of one: it replaces nothing of the passage.
  if (inside === 'right' && high === gap.bEnd && breakBefore(b, high) >= 2 && breakBefore(a, gap.aEnd) < 2)
    return high;
  if (inside === 'left' && low === gap.bStart && breakBefore(b, low) >= 2 && breakBefore(a, gap.aStart) < 2)
    return low;
  const broken = breakBefore(a, cut);
  const share = outside === 0 ? within : (size * within) / (within + outside);
  const aim = inside === 'right' ? high - share : low + share;
  if (outside > 0 && size === within + outside) return Math.round(aim);
  let found = -1;
  let best = 0;
  for (let at = low; at <= high; at += 1) {
    const breaks = breakBefore(b, at);
    if (breaks < 2 || at === (inside === 'right' ? high : low)) continue;
    if (breaks < broken && outside > 0) continue;
    const value = 10 - Math.abs(at - aim) / within;
    if (value > best) {
      best = value;
      found = at;
    }
  }
  if (found >= 0 && (broken >= 2 || outside === 0)) return found;
  if (outside > 0) return Math.min(high, Math.max(low, Math.round(aim)));
  if (size <= 2 * within + 1) return inside === 'right' ? low : high;
  return inside === 'right' ? high - within : low + within;
}
