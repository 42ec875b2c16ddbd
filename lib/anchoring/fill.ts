import { diffArrays } from 'diff';
import { heaviestChain, type Range, uniqueRuns } from './seeds';

/** Most cells of the table that aligns a small range exactly. */
const CELLS = 40_000;
/** Most edits looked for in a large range where no words stand once. */
const EDITS = 256;
/** Sizes of runs that are tried in turn as fixed points. */
const SIZES = [4, 2, 1];

/** What the words of two texts are compared by. */
export type Sides = {
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly weights: Float32Array;
};

/**
 * Finds, in order, which words of `a` stand where in `b`, and tells each pair once. Fixed points first (the heaviest
 * chain of runs that stand once), then the gaps between them, each exactly where it is small. Bounded in time: a large
 * gap of nothing but repetitions is left open.
 */
export function matchInOrder(sides: Sides, range: Range, tell: (at: number, to: number) => void): void {
  const { a, b } = sides;
  const stack: (Range & { from: number })[] = [{ ...range, from: 0 }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    let { aStart, aEnd, bStart, bEnd } = top;
    while (aStart < aEnd && bStart < bEnd && a[aStart] === b[bStart]) {
      tell(aStart, bStart);
      aStart += 1;
      bStart += 1;
    }
    while (aEnd > aStart && bEnd > bStart && a[aEnd - 1] === b[bEnd - 1]) {
      aEnd -= 1;
      bEnd -= 1;
      tell(aEnd, bEnd);
    }
    if (aStart === aEnd || bStart === bEnd) continue;
    const rest = { aStart, aEnd, bStart, bEnd };
    if ((aEnd - aStart) * (bEnd - bStart) <= CELLS) {
      align(sides, rest, tell);
      continue;
    }
    let size = top.from;
    for (; size < SIZES.length; size += 1) {
      const runs = uniqueRuns(a, b, rest, SIZES[size] as number);
      if (runs.count === 0) continue;
      let aDone = aStart;
      let bDone = bStart;
      for (const run of heaviestChain(runs)) {
        const at = runs.at[run] as number;
        const to = runs.to[run] as number;
        const over = Math.max(0, aDone - at, bDone - to);
        const length = runs.length[run] as number;
        if (over >= length) continue;
        stack.push({ aStart: aDone, aEnd: at + over, bStart: bDone, bEnd: to + over, from: size });
        for (let each = over; each < length; each += 1) tell(at + each, to + each);
        aDone = at + length;
        bDone = to + length;
      }
      stack.push({ aStart: aDone, aEnd, bStart: bDone, bEnd, from: size });
      break;
    }
    if (size === SIZES.length) matchRepetitive(sides, rest, tell);
  }
}

function matchRepetitive({ a, b }: Sides, range: Range, tell: (at: number, to: number) => void): void {
  const parts = diffArrays(
    Array.from(a.subarray(range.aStart, range.aEnd)),
    Array.from(b.subarray(range.bStart, range.bEnd)),
    { maxEditLength: EDITS },
  );
  let at = range.aStart;
  let to = range.bStart;
  for (const part of parts ?? []) {
    if (!part.added && !part.removed)
      for (let each = 0; each < part.count; each += 1) tell(at + each, to + each);
    if (!part.added) at += part.count;
    if (!part.removed) to += part.count;
  }
}

/** Room for one table, used again: alignment never waits for anything. */
const pairs = new Float32Array(CELLS * 2 + 16);
const bests = new Float32Array(CELLS * 2 + 16);
const steps = new Uint8Array(CELLS * 2 + 16);
/** What a pair gains by following another directly, in weights of a rare word. */
const TOGETHER = 0.35;

/**
 * The heaviest common words of a small range, kept in order and rather together than scattered. Answers their weight.
 * @throws RangeError when the range has more than `CELLS` pairs.
 */
export function align(sides: Sides, range: Range, tell: (at: number, to: number) => void): number {
  const { a, b, weights } = sides;
  const { aStart, bStart } = range;
  const height = range.aEnd - aStart + 1;
  const width = range.bEnd - bStart + 1;
  if (height * width > pairs.length) throw new RangeError('The range is too large to be aligned whole');
  for (let each = 0; each < width; each += 1) {
    bests[each] = 0;
    pairs[each] = -1;
  }
  for (let row = 1; row < height; row += 1) {
    const word = a[aStart + row - 1] as number;
    const weight = weights[word] ?? 1;
    let cell = row * width;
    bests[cell] = 0;
    pairs[cell] = -1;
    for (let column = 1; column < width; column += 1) {
      cell += 1;
      const over = cell - width;
      let best = bests[over] as number;
      let step = 1;
      if ((bests[cell - 1] as number) > best) {
        best = bests[cell - 1] as number;
        step = 2;
      }
      let pair = -1;
      if (b[bStart + column - 1] === word) {
        pair = (bests[over - 1] as number) + weight;
        const on = pairs[over - 1] as number;
        let how = 4;
        if (on >= 0 && on + weight + TOGETHER >= pair) {
          pair = on + weight + TOGETHER;
          how = 12;
        }
        if (pair > best) {
          best = pair;
          step = 0;
        }
        step |= how;
      }
      pairs[cell] = pair;
      bests[cell] = best;
      steps[cell] = step;
    }
  }
  let row = height - 1;
  let column = width - 1;
  let together = false;
  let sum = 0;
  while (row > 0 && column > 0) {
    const step = steps[row * width + column] as number;
    if (together || (step & 3) === 0) {
      const word = a[aStart + row - 1] as number;
      sum += weights[word] ?? 1;
      tell(aStart + row - 1, bStart + column - 1);
      together = (step & 8) !== 0;
      row -= 1;
      column -= 1;
    } else if ((step & 3) === 1) row -= 1;
    else column -= 1;
  }
  return sum;
}
