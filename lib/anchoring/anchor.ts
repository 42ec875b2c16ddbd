import type { Selector } from '../annotations/annotation';
import type { Span } from './describe';
import { type Fit, wordsIn } from './fit';
import { wholeCharacter } from './graphemes';
import { floorFor, type Limits, SELECTOR_LIMITS, scoreFit } from './judge';
import { type Outcome, rankCandidates } from './outcome';
import { type Index, indexWords, searchPassage } from './search';
import { createLexicon, type Lexicon, type Words, weightsOf, wordBehind, wordsOf } from './words';

/** A text ready to have many passages found in it. */
export type TextIndex = Index & { readonly lexicon: Lexicon };

/** Most places of a passage's very letters that are looked at. */
const MOST_PLACES = 64;

/** Reads a text once, for many calls of `anchor`. Linear in the text. */
export function indexText(text: string): TextIndex {
  const lexicon = createLexicon();
  const words = wordsOf(text, lexicon);
  return { ...indexWords(words, weightsOf(lexicon, [words]), null), lexicon };
}

/**
 * Finds the passage that selectors mean in a text whose older version is not at hand: by its quote and the context of
 * that, the position only deciding between places that fit alike. Never guesses: below the floor, or without a lead over
 * the second-best place, nothing is placed. Spans are UTF-16 units, end exclusive. For many passages of one text, give
 * what `indexText` made of it.
 */
export function anchor(
  text: string | TextIndex,
  selectors: readonly Selector[],
  limits: Limits = SELECTOR_LIMITS,
): Outcome {
  const position = selectors.find((selector) => selector.type === 'TextPositionSelector');
  const quote = selectors.find((selector) => selector.type === 'TextQuoteSelector');
  const whole = typeof text === 'string' ? text : text.words.text;
  if (quote === undefined || quote.exact === '') return anchorByPosition(whole, position);
  const { exact, prefix, suffix } = quote;
  if (position !== undefined && prefix + suffix !== '') {
    const from = position.start - prefix.length;
    if (from >= 0 && whole.startsWith(prefix + exact + suffix, from))
      return placed(
        whole,
        { start: position.start, end: position.start + exact.length },
        exact,
        1,
        true,
        true,
      );
  }
  const index = typeof text === 'string' ? indexText(text) : text;
  const described = wordsOf(prefix + exact + suffix, index.lexicon, false);
  const span = { start: prefix.length, end: prefix.length + exact.length };
  const places = placesOf(whole, exact, position?.start ?? 0);
  if (wordsIn(described, span).start >= wordsIn(described, span).end)
    return anchorSigns(whole, places, { exact, prefix, suffix }, position?.start);
  const found = fits(index, described, span, places);
  const ranked = rankCandidates(found);
  const best = ranked[0];
  const candidates = ranked.filter(({ score }) => score >= 0.35).map(({ span, score }) => ({ span, score }));
  if (best === undefined) return { kind: 'lost', candidates, score: 0, reason: 'removed' };
  if (best.score < floorFor(best.fit, limits))
    return { kind: 'lost', candidates, score: best.score, reason: best.score >= 0.5 ? 'unsure' : 'removed' };
  const second = ranked[1];
  if (second === undefined || best.score - second.score >= limits.lead)
    return placed(whole, best.span, exact, best.score, best.around, best.whole);
  const there = ranked.find(
    ({ span, score }) => span.start === position?.start && best.score - score < limits.lead / 2,
  );
  // The letters of the quote at the very position, and no other place any better: the text has not changed here.
  if (there?.whole) return placed(whole, there.span, exact, there.score, there.around, true);
  return { kind: 'ambiguous', candidates, score: best.score, reason: 'repeated' };
}

type Found = { fit: Fit; span: Span; score: number; around: boolean; whole: boolean };

function fits(index: TextIndex, described: Words, span: Span, places: readonly number[]): Found[] {
  const starts = places.map((place) => wordBehind(index.words, place));
  return searchPassage(index, described, span, starts, null).map((fit) => {
    const none = fit.before === null && fit.behind === null;
    return {
      fit,
      span: fit.span,
      score: scoreFit(fit),
      around: none || Math.max(fit.before ?? 0, fit.behind ?? 0) >= 0.5,
      whole: fit.whole,
    };
  });
}

function placed(
  text: string,
  span: Span,
  exact: string,
  score: number,
  around: boolean,
  whole: boolean,
): Outcome {
  const found = { start: wholeCharacter(text, span.start, -1), end: wholeCharacter(text, span.end, 1) };
  if (text.slice(found.start, found.end) === exact)
    return around
      ? { kind: 'exact', span: found, score, reason: 'unchanged' }
      : { kind: 'moved', span: found, score, reason: 'elsewhere' };
  return {
    kind: 'changed',
    span: found,
    score,
    reason: !around ? 'edited-elsewhere' : whole ? 'restyled' : 'edited',
  };
}

/** Where the quote stands letter for letter: all places, or the nearest ones where there are very many. */
export function placesOf(text: string, exact: string, near: number): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(exact); at !== -1; at = text.indexOf(exact, at + 1)) places.push(at);
  if (places.length <= MOST_PLACES) return places;
  return places.sort((one, two) => Math.abs(one - near) - Math.abs(two - near)).slice(0, MOST_PLACES);
}

function anchorByPosition(text: string, position: Span | undefined): Outcome {
  if (
    position === undefined ||
    position.start < 0 ||
    position.start >= position.end ||
    position.end > text.length
  )
    return { kind: 'lost', candidates: [], score: 0, reason: 'removed' };
  // A position alone says nothing of what stood there: a person has to look.
  const span = {
    start: wholeCharacter(text, position.start, -1),
    end: wholeCharacter(text, position.end, 1),
  };
  return { kind: 'ambiguous', candidates: [{ span, score: 0.5 }], score: 0.5, reason: 'unsure' };
}

/** A passage of punctuation alone: its letters, and as much of its context as fits. */
function anchorSigns(
  text: string,
  places: readonly number[],
  { exact, prefix, suffix }: { exact: string; prefix: string; suffix: string },
  near: number | undefined,
): Outcome {
  const asked = prefix.length + suffix.length;
  const ranked = rankCandidates(
    places.map((start) => {
      let same = 0;
      while (same < prefix.length && text[start - 1 - same] === prefix[prefix.length - 1 - same]) same += 1;
      let behind = 0;
      while (behind < suffix.length && text[start + exact.length + behind] === suffix[behind]) behind += 1;
      return {
        span: { start, end: start + exact.length },
        score:
          asked === 0
            ? 0.5
            : 0.5 +
              (0.5 * (Math.min(20, same) + Math.min(20, behind))) /
                (Math.min(20, prefix.length) + Math.min(20, suffix.length)),
      };
    }),
  );
  const [best, second] = ranked;
  if (best === undefined || (best.score < 0.7 && ranked.length > 1))
    return { kind: 'lost', candidates: ranked, score: best?.score ?? 0, reason: 'removed' };
  if (second !== undefined && best.score - second.score < 0.1) {
    const there = ranked.find(({ span, score }) => span.start === near && score === best.score);
    if (there === undefined)
      return { kind: 'ambiguous', candidates: ranked, score: best.score, reason: 'repeated' };
    return placed(text, there.span, exact, there.score, true, true);
  }
  return placed(text, best.span, exact, best.score, best.score >= 0.7, true);
}
