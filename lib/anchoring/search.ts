import type { Span } from './describe';
import { align, matchInOrder } from './fill';
import { CONTEXT_WORDS, type Fit, fitPassage, type Pairing, wordsIn } from './fit';
import type { Words } from './words';

/** A place that was searched for; `claimed` when it is mostly the continuation of another passage of the old text. */
export type SearchedFit = Fit & { readonly claimed: boolean };

/** Finds where words of a passage gather in a text. */
export type Index = {
  readonly words: Words;
  readonly weights: Float32Array;
  /** For each word number its last place plus one, and for each place the one before with the same word. */
  readonly last: Int32Array;
  readonly earlier: Int32Array;
  readonly counts: Int32Array;
  /** The same for two words in a row, by a hash. */
  readonly lastTwo: Int32Array;
  readonly earlierTwo: Int32Array;
  readonly countsTwo: Int32Array;
};

/** Words that stand more often than this tell nothing about a place. */
const COMMON = 96;
/** Places that are looked at closely. */
const PLACES = 6;
/** Least votes of such a place, as a share of what all words of the passage weigh; two words in a row vote three times. */
const LEAST_VOTES = 0.35;
const CELLS = 40_000;

const twoHash = (one: number, two: number, mask: number) =>
  ((Math.imul(one, 0x9e3779b1) ^ Math.imul(two, 0x85ebca6b)) >>> 7) & mask;

/** Indexes the words of a text; with `back` only those without a partner. Linear. */
export function indexWords(words: Words, weights: Float32Array, back: Int32Array | null): Index {
  const last = new Int32Array(weights.length);
  const counts = new Int32Array(weights.length);
  const earlier = new Int32Array(words.count);
  let size = 1_024;
  while (size < words.count) size *= 2;
  const lastTwo = new Int32Array(size);
  const countsTwo = new Int32Array(size);
  const earlierTwo = new Int32Array(words.count);
  for (let at = 0; at < words.count; at += 1) {
    if (back !== null && back[at] !== -1) continue;
    const id = words.ids[at] as number;
    earlier[at] = last[id] as number;
    last[id] = at + 1;
    (counts[id] as number) += 1;
    if (at + 1 >= words.count || (back !== null && back[at + 1] !== -1)) continue;
    const hash = twoHash(id, words.ids[at + 1] as number, size - 1);
    earlierTwo[at] = lastTwo[hash] as number;
    lastTwo[hash] = at + 1;
    (countsTwo[hash] as number) += 1;
  }
  return { words, weights, last, earlier, counts, lastTwo, earlierTwo, countsTwo };
}

/** A stretch of the words of a text. */
export function stretch(words: Words, start: number, end: number): Words {
  const from = Math.max(0, start);
  const until = Math.min(words.count, end);
  return {
    text: words.text,
    count: until - from,
    ids: words.ids.subarray(from, until),
    starts: words.starts.subarray(from, until),
    ends: words.ends.subarray(from, until),
  };
}

/** Where votes gather: the word that the passage would start at. */
function likelyStarts(index: Index, old: Words, start: number, end: number): number[] {
  const { words, weights, last, earlier, counts, lastTwo, earlierTwo, countsTwo } = index;
  const broad = Math.max(4, Math.floor((end - start) / 4));
  const votes = new Map<number, number>();
  let all = 0;
  const vote = (at: number, value: number) => {
    const bucket = Math.floor((at + 4 * broad) / broad);
    votes.set(bucket, (votes.get(bucket) ?? 0) + value);
  };
  const mask = lastTwo.length - 1;
  // A long passage is found by a part of its words.
  const every = Math.max(1, Math.floor((end - start) / 400));
  for (let at = start; at < end; at += every) {
    const id = old.ids[at] as number;
    if (id < 0 || id >= weights.length) {
      all += 1;
      continue;
    }
    const weight = weights[id] as number;
    all += weight;
    const count = counts[id] as number;
    if (count > 0 && count <= COMMON)
      for (let place = last[id] as number; place > 0; place = earlier[place - 1] as number)
        vote(place - 1 - (at - start), weight);
    if (at + 1 >= end) continue;
    const next = old.ids[at + 1] as number;
    if (next < 0 || next >= weights.length) continue;
    const hash = twoHash(id, next, mask);
    const value = weight + (weights[next] as number);
    if ((countsTwo[hash] as number) > COMMON) continue;
    for (let place = lastTwo[hash] as number; place > 0; place = earlierTwo[place - 1] as number)
      if (words.ids[place - 1] === id && words.ids[place] === next) vote(place - 1 - (at - start), value);
  }
  const sums = [...votes].map(([bucket, value]) => ({
    bucket,
    value: value + 0.6 * Math.max(votes.get(bucket - 1) ?? 0, votes.get(bucket + 1) ?? 0),
  }));
  sums.sort((one, two) => two.value - one.value || one.bucket - two.bucket);
  const chosen: number[] = [];
  for (const { bucket, value } of sums) {
    // Fewer words in common could not add up to a place that is good enough.
    if (chosen.length >= PLACES || value < LEAST_VOTES * all) break;
    if (chosen.every((other) => Math.abs(other - bucket) > 1)) chosen.push(bucket);
  }
  return chosen.map((bucket) => bucket * broad - 4 * broad);
}

/**
 * Fits a passage, with the words around it, to the places of an indexed text where its words gather, and to further
 * places that are given as words. Places may overlap.
 */
export function searchPassage(
  index: Index,
  old: Words,
  span: Span,
  further: readonly number[],
  back: Int32Array | null,
): SearchedFit[] {
  const { start, end } = wordsIn(old, span);
  if (start >= end) return [];
  const near = stretch(old, start - CONTEXT_WORDS, end + CONTEXT_WORDS);
  const size = end - start;
  const pad = 6 + Math.floor(size / 3);
  const inside = wordsIn(near, span);
  const found: SearchedFit[] = [];
  const places = [...new Set([...further, ...likelyStarts(index, old, start, end)])];
  for (const place of places) {
    const from = Math.max(0, place - pad - CONTEXT_WORDS);
    const window = stretch(index.words, from, place + size + 2 * pad + CONTEXT_WORDS);
    if (window.count === 0) continue;
    const very = further.includes(place) ? place - from : -1;
    for (const fit of fitsIn(near, window, index.weights, inside, span, very)) {
      const claimed = back !== null && isClaimed(back, from, fit);
      found.push({
        ...fit,
        words: { start: fit.words.start + from, end: fit.words.end + from },
        claimed,
      });
    }
  }
  return found;
}

/**
 * The passage fitted together with its context, and first alone: where it left its context, that would draw it away.
 * `very` is the word at which its very letters stand, -1 for none.
 */
function fitsIn(
  near: Words,
  window: Words,
  weights: Float32Array,
  inside: { start: number; end: number },
  span: Span,
  very: number,
): Fit[] {
  const pairingOf = (): Pairing => ({
    old: near,
    new: window,
    weights,
    there: new Int32Array(near.count).fill(-1),
    back: null,
  });
  const match = ({ there }: Pairing, aStart: number, aEnd: number, bStart: number, bEnd: number) => {
    const range = { aStart, aEnd, bStart, bEnd };
    const small = (aEnd - aStart) * (bEnd - bStart) <= CELLS;
    (small ? align : matchInOrder)({ a: near.ids, b: window.ids, weights }, range, (at, to) => {
      there[at] = to;
    });
  };
  const alone = pairingOf();
  if (very >= 0) {
    for (let at = inside.start; at < inside.end; at += 1) {
      const to = very + at - inside.start;
      if (window.ids[to] === near.ids[at]) alone.there[at] = to;
    }
    match(alone, 0, inside.start, 0, very);
    match(
      alone,
      inside.end,
      near.count,
      Math.min(window.count, very + inside.end - inside.start),
      window.count,
    );
    const fit = fitPassage(alone, span);
    return fit === null ? [] : [fit];
  }
  const together = pairingOf();
  match(together, 0, near.count, 0, window.count);
  const one = fitPassage(together, span);
  if (one !== null && one.cover === 1 && (one.before ?? 1) > 0.9 && (one.behind ?? 1) > 0.9) return [one];
  match(alone, inside.start, inside.end, 0, window.count);
  const core = fitPassage(alone, span);
  if (core === null) return one === null ? [] : [one];
  match(alone, 0, inside.start, 0, core.words.start);
  match(alone, inside.end, near.count, core.words.end, window.count);
  return [one, fitPassage(alone, span)].filter((fit) => fit !== null);
}

/** Whether a place is mostly the continuation of another passage of the old text. */
function isClaimed(back: Int32Array, from: number, { words }: Fit): boolean {
  let count = 0;
  for (let at = words.start; at < words.end; at += 1) if (back[from + at] !== -1) count += 1;
  return count * 2 > words.end - words.start;
}
