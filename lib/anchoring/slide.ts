import type { Comparison } from './compare';
import type { Words } from './words';

/** Furthest that a gap is slid, in words. */
const FURTHEST = 64;

/** How strongly the text breaks before a word: 4 between paragraphs, 3 lines, 2 sentences, 1 clauses, 0 not at all. */
export function breakBefore(words: Words, word: number): number {
  if (word <= 0 || word >= words.count) return 4;
  let found = 0;
  let lines = 0;
  const end = words.starts[word] as number;
  for (let at = words.ends[word - 1] as number; at < end; at += 1) {
    switch (words.text.charCodeAt(at)) {
      case 0x0a:
        lines += 1;
        break;
      case 0x2e:
      case 0x21:
      case 0x3f:
      case 0x2026:
      case 0x3002:
      case 0xff01:
      case 0xff1f:
      case 0x61f:
      case 0x6d4:
      case 0x964:
        found = Math.max(found, 2);
        break;
      case 0x2c:
      case 0x3b:
      case 0x3a:
      case 0x60c:
      case 0x3001:
      case 0xff0c:
      case 0x28:
      case 0x29:
      case 0x2013:
      case 0x2014:
        found = Math.max(found, 1);
        break;
    }
  }
  if (lines > 1) return 4;
  return lines === 1 ? 3 : found;
}

/**
 * An insertion can often be told in several ways: `The cat. The dog` into `The cat. The bird. The dog` may have gained
 * `The bird.` or `bird. The`. Chooses for every pure insertion and deletion the one that begins and ends where the text breaks.
 */
export function slideGaps({ old, new: after, there, back }: Comparison): void {
  for (let at = 0; at + 1 < old.count; at += 1) {
    const to = there[at] as number;
    if (to < 0) continue;
    const next = there[at + 1] as number;
    if (next > to + 1 && next - to <= after.count) {
      if (isFree(back, to + 1, next))
        slide(after, old, there, back, { start: to + 1, end: next, other: at + 1 });
    } else if (next === -1) {
      let end = at + 1;
      while (end < old.count && there[end] === -1) end += 1;
      if (end < old.count && there[end] === to + 1)
        slide(old, after, back, there, { start: at + 1, end, other: to + 1 });
    }
  }
}

function isFree(back: Int32Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (back[at] !== -1) return false;
  return true;
}

type Gap = { start: number; end: number; other: number };

/** `full` holds the gap; `bare` has nothing between the words before and at `other`. `to` leads from bare to full. */
function slide(full: Words, bare: Words, to: Int32Array, from: Int32Array, gap: Gap): void {
  const value = (by: number) =>
    breakBefore(full, gap.start + by) + breakBefore(full, gap.end + by) + breakBefore(bare, gap.other + by);
  let least = 0;
  while (
    least > -FURTHEST &&
    gap.other + least > 0 &&
    to[gap.other + least - 1] === gap.start + least - 1 &&
    full.ids[gap.start + least - 1] === full.ids[gap.end + least - 1]
  )
    least -= 1;
  let most = 0;
  while (
    most < FURTHEST &&
    gap.other + most < bare.count &&
    to[gap.other + most] === gap.end + most &&
    full.ids[gap.start + most] === full.ids[gap.end + most]
  )
    most += 1;
  if (least === most) return;
  let best = 0;
  let bestValue = value(0);
  for (let by = least; by <= most; by += 1) {
    const found = value(by);
    if (found > bestValue) {
      best = by;
      bestValue = found;
    }
  }
  for (let by = -1; by >= best; by -= 1) pair(gap.other + by, gap.start + by, gap.end + by);
  for (let by = 0; by < best; by += 1) pair(gap.other + by, gap.end + by, gap.start + by);
  function pair(one: number, was: number, becomes: number): void {
    from[was] = -1;
    to[one] = becomes;
    from[becomes] = one;
  }
}
