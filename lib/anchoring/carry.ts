import { type Comparison, compareTexts } from './compare';
import type { Span } from './describe';
import { mapEnd, mapStart } from './ends';
import { type Fit, fitPassage, wordsIn } from './fit';
import { wholeCharacter } from './graphemes';
import { CARRY_LIMITS, floorFor, type Limits, scoreFit } from './judge';
import { type Outcome, rankCandidates } from './outcome';
import { type Index, indexWords, searchPassage } from './search';
import { wordBehind } from './words';

/** Least share of a passage that must stand where the comparison has it, its surroundings agreeing or not. */
const HERE = { around: 0.35, alone: 0.5 };

/**
 * Carries passages from one version of a text to the next: an Outcome for each span (UTF-16 units of the old text, end
 * exclusive), in the order given. The two texts are compared once; what the comparison has deleted or mangled is then
 * searched for in what is new. Never guesses: below the floor, or without a lead over the second-best, nothing is placed.
 * @throws RangeError when a span is empty or outside the old text.
 */
export function carry(oldText: string, newText: string, spans: readonly Span[]): Outcome[] {
  return carryAcross(compareTexts(oldText, newText), spans);
}

/** `carry` for two versions that were compared already. */
export function carryAcross(
  comparison: Comparison,
  spans: readonly Span[],
  limits: Limits = CARRY_LIMITS,
): Outcome[] {
  let index: Index | undefined;
  const search = () => {
    index ??= indexWords(comparison.new, comparison.weights, comparison.back);
    return index;
  };
  return spans.map((span) => {
    if (!(span.start >= 0 && span.end <= comparison.old.text.length && span.start < span.end))
      throw new RangeError('The span is empty or outside the text');
    const { text } = comparison.old;
    const whole = { start: wholeCharacter(text, span.start, -1), end: wholeCharacter(text, span.end, 1) };
    return carryOne(comparison, whole, search, limits);
  });
}

function carryOne(comparison: Comparison, span: Span, search: () => Index, limits: Limits): Outcome {
  const { start, end } = wordsIn(comparison.old, span);
  if (start >= end) return carrySigns(comparison, span);
  const untouched = untouchedSpan(comparison, span, start, end);
  if (untouched !== null) return untouched;
  const here = fitPassage(comparison, span);
  if (here !== null && isGoodHere(here)) return placed(comparison, span, here, Math.min(1, worthOf(here)));
  const found = searchPassage(search(), comparison.old, span, [], comparison.back);
  // A place that continues another passage is shown to a person and never taken.
  const all = here === null ? found : [{ ...here, claimed: true }, ...found];
  const ranked = rankCandidates(all.map((fit) => ({ fit, span: fit.span, score: scoreFit(fit) })));
  const [best, second] = ranked;
  const candidates = ranked.filter(({ score }) => score >= 0.35).map(({ span, score }) => ({ span, score }));
  if (best === undefined) return { kind: 'lost', candidates, score: 0, reason: 'removed' };
  const reason = best.score >= 0.5 ? 'unsure' : 'removed';
  if (best.score < floorFor(best.fit, limits) || best.fit.claimed)
    return { kind: 'lost', candidates, score: best.score, reason };
  if (second !== undefined && best.score - second.score < limits.lead)
    return { kind: 'ambiguous', candidates, score: best.score, reason: 'repeated' };
  return placed(comparison, span, best.fit, best.score, true);
}

/** The quick way for what did not change: every word in its order, every letter the same. */
function untouchedSpan(comparison: Comparison, span: Span, start: number, end: number): Outcome | null {
  const { old, new: after, there, moved } = comparison;
  const first = there[start] as number;
  if (first < 0) return null;
  let away = 0;
  for (let at = start; at < end; at += 1) {
    if (there[at] !== first + at - start) return null;
    away += moved[at] as number;
  }
  const from = (after.starts[first] as number) + span.start - (old.starts[start] as number);
  const found = { start: from, end: from + span.end - span.start };
  if (from < 0 || wholeCharacter(after.text, found.start, -1) !== found.start) return null;
  if (wholeCharacter(after.text, found.end, 1) !== found.end) return null;
  if (old.text.slice(span.start, span.end) !== after.text.slice(found.start, found.end)) return null;
  return away * 2 > end - start
    ? { kind: 'moved', span: found, score: 1, reason: 'elsewhere' }
    : { kind: 'exact', span: found, score: 1, reason: 'unchanged' };
}

/** How much of a passage stands at a place, less for what was put in between. */
function worthOf({ cover, strange }: Fit): number {
  return cover * (1 - 0.1 * Math.min(1, strange));
}

function isGoodHere(fit: Fit): boolean {
  const sides = ((fit.before ?? 1) + (fit.behind ?? 1)) / 2;
  return worthOf(fit) >= HERE.alone + (HERE.around - HERE.alone) * sides;
}

function placed(comparison: Comparison, span: Span, fit: Fit, score: number, searched = false): Outcome {
  const { old, new: after, moved } = comparison;
  const same =
    fit.span.end - fit.span.start === span.end - span.start &&
    old.text.slice(span.start, span.end) === after.text.slice(fit.span.start, fit.span.end);
  const { start, end } = wordsIn(old, span);
  let away = 0;
  for (let at = start; at < end; at += 1) away += moved[at] as number;
  const elsewhere = searched || away * 2 > end - start;
  if (same)
    return elsewhere
      ? { kind: 'moved', span: fit.span, score, reason: 'elsewhere' }
      : { kind: 'exact', span: fit.span, score: 1, reason: 'unchanged' };
  const reason = elsewhere ? 'edited-elsewhere' : fit.whole ? 'restyled' : 'edited';
  return { kind: 'changed', span: fit.span, score, reason };
}

/** A passage of punctuation alone has only its neighbours to go by. */
function carrySigns({ old, new: after, there }: Comparison, span: Span): Outcome {
  const next = wordBehind(old, span.end);
  const left = next > 0 ? (there[next - 1] as number) : -1;
  const right = next < old.count ? (there[next] as number) : after.count;
  const lost: Outcome = { kind: 'lost', candidates: [], score: 0, reason: 'removed' };
  if ((left < 0 && next > 0) || right !== left + 1) return lost;
  const words = old.text.slice(span.start, span.end);
  const from = left < 0 ? 0 : mapEnd(old, next - 1, after, left, span.start);
  const until = right === after.count ? after.text.length : mapStart(old, next, after, right, span.end);
  const at = after.text.startsWith(words, from) ? from : after.text.lastIndexOf(words, until - words.length);
  if (at < from || at + words.length > until) return lost;
  const found = {
    start: wholeCharacter(after.text, at, -1),
    end: wholeCharacter(after.text, at + words.length, 1),
  };
  return { kind: 'exact', span: found, score: 1, reason: 'unchanged' };
}
