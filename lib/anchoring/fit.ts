import type { Span } from './describe';
import { mapEnd, mapStart } from './ends';
import { cutGap, type Gap, matchAlike } from './gap';
import { wholeCharacter } from './graphemes';
import { breakBefore } from './slide';
import { type Words, wordBehind, wordFrom } from './words';

/** Two texts in words, and which word of the first stands where in the second (-1 for nowhere). */
export type Pairing = {
  readonly old: Words;
  readonly new: Words;
  readonly weights: Float32Array;
  readonly there: Int32Array;
  /** From the second to the first, or `null` where nobody else lays claim to the words of the second. */
  readonly back: Int32Array | null;
};

/** How a passage of the old text fits a place in the new one. */
export type Fit = {
  /** UTF-16 units of the new text, end exclusive. */
  readonly span: Span;
  /** How much of the passage stands here, 0 to 1, by what its words tell. */
  readonly cover: number;
  /** What the words that stand here tell, in rare words. */
  readonly weight: number;
  /** How many words of the place are not of the passage, as a share of it. */
  readonly strange: number;
  /** How well the words before and behind fit, 0 to 1; `null` where there are none. */
  readonly before: number | null;
  readonly behind: number | null;
  /** Whether every word is there, in order, with none between: only signs, space, case or accents can differ. */
  readonly whole: boolean;
  /** The words of the new text that the place begins and ends with; end exclusive. */
  readonly words: { readonly start: number; readonly end: number };
};

/** Words of context that are looked at on each side. */
export const CONTEXT_WORDS = 16;
/** Words that may be put into a passage before its parts count as apart. */
const SLACK = 8;
/** Most words between the parts of one passage, besides twice its own. */
const FURTHEST = 80;
/** Words within which the text must go on, on both sides, for a part that weighs little. */
const NEAR = 6;
/** Share of a passage from which on a part of it is no chance. */
const PART = 0.15;

type Group = { first: number; last: number; jFirst: number; jLast: number; words: number; weight: number };

/** The first and the last word of a span, end exclusive. */
export function wordsIn(words: Words, span: Span): { start: number; end: number } {
  return { start: wordBehind(words, span.start), end: wordFrom(words, span.end) };
}

/** Fits the words of a span to where the pairing has most of them; `null` when it has none. */
export function fitPassage(pairing: Pairing, span: Span): Fit | null {
  const { old, weights } = pairing;
  const { start, end } = wordsIn(old, span);
  if (start >= end) return null;
  const weightOf = (at: number) => {
    return weights[old.ids[at] as number] ?? 1;
  };
  const to = pairing.there.slice(start, end);
  const like = new Float32Array(end - start).fill(1);
  let all = 0;
  for (let at = start; at < end; at += 1) all += weightOf(at);
  for (let at = start; at < end; at += 1) {
    if ((to[at - start] as number) >= 0) continue;
    const gap = gapAround(pairing, at);
    if (gap !== null)
      matchAlike(old, pairing.new, gap, (one, two, value) => {
        if (one < start || one >= end) return;
        to[one - start] = two;
        like[one - start] = value;
      });
    while (at + 1 < end && (pairing.there[at + 1] as number) < 0) at += 1;
  }
  const group = mainGroup(pairing, to, like, start, weightOf, all);
  if (group === null) return null;
  const jStart = edge(pairing, group, start, 'right');
  const jEnd = edge(pairing, group, end, 'left');
  const lower = startOf(pairing, span, group, start, jStart);
  const upper = endOf(pairing, span, group, end, jEnd);
  const { text } = pairing.new;
  let from = wholeCharacter(text, lower, -1);
  let until = wholeCharacter(text, Math.max(upper, lower), 1);
  if (until <= from) {
    from = pairing.new.starts[jStart] as number;
    until = pairing.new.ends[jEnd - 1] as number;
  }
  let matched = 0;
  let same = 0;
  for (let at = group.first; at <= group.last; at += 1) {
    const place = to[at - start] as number;
    if (place < group.jFirst || place > group.jLast) continue;
    matched += 1;
    if (like[at - start] === 1) same += 1;
  }
  return {
    span: { start: from, end: until },
    cover: group.weight / all,
    weight: group.weight,
    strange: Math.max(0, jEnd - jStart - Math.max(matched, end - start)) / (end - start),
    before: contextFit(pairing, start - 1, -1, jStart, weightOf),
    behind: contextFit(pairing, end, 1, jEnd - 1, weightOf),
    whole: same === end - start && jEnd - jStart === end - start,
    words: { start: jStart, end: jEnd },
  };
}

/** Space, or a dash: what stands behind it does not hang on the word. */
const LOOSE = /[\s\p{Pd}]/u;

/** Where the place starts: as the passage did, or, when its first words are gone, with the signs that hang on the first one left. */
function startOf(
  { old, new: after }: Pairing,
  span: Span,
  group: Group,
  start: number,
  jStart: number,
): number {
  if (group.first === start || jStart < group.jFirst) return mapStart(old, start, after, jStart, span.start);
  const from = Math.max(span.start, old.ends[group.first - 1] as number);
  const least = mapStart(old, group.first, after, jStart, from);
  let at = after.starts[jStart] as number;
  while (at > least && !LOOSE.test(after.text[at - 1] as string)) at -= 1;
  return at;
}

/** The same for where it ends. */
function endOf({ old, new: after }: Pairing, span: Span, group: Group, end: number, jEnd: number): number {
  if (group.last === end - 1 || jEnd > group.jLast + 1)
    return mapEnd(old, end - 1, after, jEnd - 1, span.end);
  const until = Math.min(span.end, old.starts[group.last + 1] as number);
  const most = mapEnd(old, group.last, after, jEnd - 1, until);
  let at = after.ends[jEnd - 1] as number;
  while (at < most && !LOOSE.test(after.text[at] as string)) at += 1;
  return at;
}

/** The words without partner around one of them on both sides; `null` when they do not face each other. */
function gapAround({ old, new: after, there, back }: Pairing, at: number): Gap | null {
  let aStart = at;
  while (aStart > 0 && at - aStart < 64 && there[aStart - 1] === -1) aStart -= 1;
  let aEnd = at + 1;
  while (aEnd < old.count && aEnd - at < 64 && there[aEnd] === -1) aEnd += 1;
  const left = aStart === 0 ? -1 : (there[aStart - 1] as number);
  const right = aEnd === old.count ? after.count : (there[aEnd] as number);
  if (left === -1 && aStart > 0) return null;
  if (right === -1) return null;
  if (right <= left || right - left > 80) return null;
  for (let to = left + 1; back !== null && to < right; to += 1) if (back[to] !== -1) return null;
  return { aStart, aEnd, bStart: left + 1, bEnd: right };
}

/** The heaviest stretch of partners that keeps its order and its closeness. */
function mainGroup(
  pairing: Pairing,
  to: Int32Array,
  like: Float32Array,
  start: number,
  weightOf: (at: number) => number,
  all: number,
): Group | null {
  const groups: Group[] = [];
  let open: Group | null = null;
  for (let each = 0; each < to.length; each += 1) {
    const j = to[each] as number;
    if (j < 0) continue;
    const at = start + each;
    const weight = weightOf(at) * (like[each] as number);
    if (open !== null && j > open.jLast && j - open.jLast - (at - open.last) <= SLACK) {
      open.last = at;
      open.jLast = j;
      open.words += 1;
      open.weight += weight;
    } else {
      open = { first: at, last: at, jFirst: j, jLast: j, words: 1, weight };
      groups.push(open);
    }
  }
  let best: Group | null = null;
  for (let each = 0; each < groups.length; each += 1) {
    const group = { ...(groups[each] as Group) };
    for (let next = each + 1; next < groups.length; next += 1) {
      const other = groups[next] as Group;
      const apart = other.jFirst - group.jLast;
      if (apart <= 0 || apart > FURTHEST + 2 * to.length) continue;
      if (!isFirm(pairing, group, all, -1) || !isFirm(pairing, other, all, 1)) continue;
      group.last = other.last;
      group.jLast = other.jLast;
      group.words += other.words;
      group.weight += other.weight;
    }
    if (best === null || group.weight > best.weight) best = group;
  }
  return best;
}

/** Whether a part of a passage is more than chance: several words that weigh something, or the text goes on from it. */
function isFirm({ old, there }: Pairing, group: Group, all: number, step: -1 | 1): boolean {
  if (group.words > 1 && group.weight >= PART * all) return true;
  const edge = step < 0 ? group.first : group.last;
  const place = step < 0 ? group.jFirst : group.jLast;
  for (let away = 1; away <= NEAR; away += 1) {
    const beyond = edge + step * away;
    if (beyond < 0 || beyond >= old.count) return true;
    const partner = there[beyond] as number;
    if (partner === -1) continue;
    const distance = (partner - place) * step;
    return distance > 0 && distance <= NEAR;
  }
  return false;
}

/** The word of the new text that a passage's start (`right`: it lies to the right) or end falls before. */
function edge(pairing: Pairing, group: Group, cut: number, inside: 'left' | 'right'): number {
  const { old, new: after, there, back } = pairing;
  const isFree = (word: number) => back === null || back[word] === -1;
  if (inside === 'right') {
    if (group.first === cut) return group.jFirst;
    let aStart = cut;
    while (aStart > 0 && cut - aStart < 48 && there[aStart - 1] === -1) aStart -= 1;
    const left = aStart > 0 ? (there[aStart - 1] as number) : -1;
    const reach = 3 * (group.first - cut) + 12;
    let bStart = group.jFirst;
    while (bStart > 0 && isFree(bStart - 1) && bStart - 1 !== left && group.jFirst - bStart < reach)
      bStart -= 1;
    if (bStart > 0 && bStart - 1 !== left) {
      // The word before stands elsewhere: take as many words as were replaced, within the paragraph.
      let taken = 0;
      while (
        taken < group.first - cut &&
        group.jFirst - taken > bStart &&
        breakBefore(after, group.jFirst - taken) < 2
      )
        taken += 1;
      return group.jFirst - taken;
    }
    return cutGap(old, after, { aStart, aEnd: group.first, bStart, bEnd: group.jFirst }, cut, inside);
  }
  if (group.last === cut - 1) return group.jLast + 1;
  let aEnd = cut;
  while (aEnd < old.count && aEnd - cut < 48 && there[aEnd] === -1) aEnd += 1;
  const right = aEnd < old.count ? (there[aEnd] as number) : after.count;
  const reach = 3 * (cut - 1 - group.last) + 12;
  let bEnd = group.jLast + 1;
  while (bEnd < after.count && isFree(bEnd) && bEnd !== right && bEnd - group.jLast < reach) bEnd += 1;
  if (bEnd < after.count && bEnd !== right) {
    let taken = 0;
    while (
      taken < cut - 1 - group.last &&
      group.jLast + 1 + taken < bEnd &&
      breakBefore(after, group.jLast + 1 + taken) < 2
    )
      taken += 1;
    return group.jLast + 1 + taken;
  }
  return cutGap(old, after, { aStart: group.last + 1, aEnd, bStart: group.jLast + 1, bEnd }, cut, inside);
}

/** The share of the words beside the passage that stand beside the place; nearer ones count more. */
function contextFit(
  { old, there }: Pairing,
  from: number,
  step: -1 | 1,
  at: number,
  weightOf: (at: number) => number,
): number | null {
  let sum = 0;
  let all = 0;
  for (let each = 0; each < CONTEXT_WORDS; each += 1) {
    const word = from + each * step;
    if (word < 0 || word >= old.count) break;
    const weight = weightOf(word) / (1 + each / 6);
    all += weight;
    const place = there[word] as number;
    if (place < 0) continue;
    const further = (place - at) * step - each - 1;
    if (further >= -each && further <= CONTEXT_WORDS) sum += weight / (1 + Math.max(0, further) / 4);
  }
  return all === 0 ? null : sum / all;
}
