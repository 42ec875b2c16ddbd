import { matchInOrder } from './fill';
import { matchMoves } from './moves';
import { slideGaps } from './slide';
import { createLexicon, type Lexicon, type Words, weightsOf, wordsOf } from './words';

/** Two versions of a text, and which words of the old one stand where in the new one. */
export type Comparison = {
  readonly old: Words;
  readonly new: Words;
  readonly lexicon: Lexicon;
  /** What each word tells, by its number in the Lexicon. */
  readonly weights: Float32Array;
  /** For each word of the old text its place among the words of the new, -1 for none. */
  readonly there: Int32Array;
  /** The same from the new text to the old. */
  readonly back: Int32Array;
  /** 1 for words of the old text that stand out of their order in the new. */
  readonly moved: Uint8Array;
};

/**
 * Compares two versions of a text by their words: what kept its order first, as the heaviest chain of passages, then
 * what moved among the rest. Linear in practice and bounded; keep the result where several calls need the same pair.
 */
export function compareTexts(oldText: string, newText: string): Comparison {
  const lexicon = createLexicon();
  const before = wordsOf(oldText, lexicon);
  const after = wordsOf(newText, lexicon);
  const weights = weightsOf(lexicon, [before, after]);
  const there = new Int32Array(before.count).fill(-1);
  const back = new Int32Array(after.count).fill(-1);
  const comparison = {
    old: before,
    new: after,
    lexicon,
    weights,
    there,
    back,
    moved: new Uint8Array(before.count),
  };
  matchInOrder(
    { a: before.ids, b: after.ids, weights },
    { aStart: 0, aEnd: before.count, bStart: 0, bEnd: after.count },
    (at, to) => {
      there[at] = to;
      back[to] = at;
    },
  );
  dropStrays(comparison);
  slideGaps(comparison);
  matchMoves(comparison);
  return comparison;
}

/** Words that must be unmatched on both sides of a stray, times its own words. */
const LONELY = 3;

/**
 * Frees words that found their like by chance: a word or two, alone between passages that were taken out and others
 * that were put in. Otherwise the small words of a deleted passage would claim places in new text.
 */
function dropStrays({ old, there, back, weights }: Comparison): void {
  for (let at = 0; at < old.count; at += 1) {
    if ((there[at] as number) < 0) continue;
    const to = there[at] as number;
    let end = at + 1;
    let weight = weights[old.ids[at] as number] as number;
    while (end < old.count && there[end] === to + end - at) {
      weight += weights[old.ids[end] as number] as number;
      end += 1;
    }
    const length = end - at;
    if (length <= 2) {
      let oldBefore = 0;
      while (oldBefore < 9 && there[at - 1 - oldBefore] === -1) oldBefore += 1;
      let newBefore = 0;
      while (newBefore < 9 && back[to - 1 - newBefore] === -1) newBefore += 1;
      let oldAfter = 0;
      while (oldAfter < 9 && there[end + oldAfter] === -1) oldAfter += 1;
      let newAfter = 0;
      while (newAfter < 9 && back[to + length + newAfter] === -1) newAfter += 1;
      const need = Math.ceil(LONELY * weight);
      if (
        Math.max(oldBefore, newBefore) >= need &&
        Math.max(oldAfter, newAfter) >= need &&
        Math.min(oldBefore + oldAfter, newBefore + newAfter) >= need
      ) {
        for (let each = 0; each < length; each += 1) {
          there[at + each] = -1;
          back[to + each] = -1;
        }
      }
    }
    at = end - 1;
  }
}
