import type { Span } from './describe';

/** Why a passage was placed, or not placed, as it was. */
export type Reason =
  | 'unchanged'
  | 'elsewhere'
  | 'restyled'
  | 'edited'
  | 'edited-elsewhere'
  | 'repeated'
  | 'unsure'
  | 'removed';

/** What each Reason means, in words for the person who checks the passage. */
export const REASONS: Readonly<Record<Reason, string>> = {
  unchanged: 'The same words stand in the same surroundings.',
  elsewhere: 'The same words stand at another place.',
  restyled: 'The same words, with other punctuation, spacing, case or accents.',
  edited: 'Words of the passage were changed.',
  'edited-elsewhere': 'The passage was changed and stands at another place.',
  repeated: 'The words stand at several places that fit equally well.',
  unsure: 'Something like the passage is there, but too different to be sure.',
  removed: 'The passage is not in this text.',
};

/** A place that may be meant: UTF-16 units, end exclusive; a score from 0 to 1. */
export type Candidate = { readonly span: Span; readonly score: number };

/**
 * What became of a passage. `exact`: the same letters in the same surroundings. `moved`: the same letters, elsewhere.
 * `changed`: here, but not letter for letter. `ambiguous`: one of several places, the likeliest first. `lost`: nowhere
 * for certain; places below the floor are its candidates. The score, 0 to 1, is that of the best place.
 */
export type Outcome =
  | {
      readonly kind: 'exact' | 'moved' | 'changed';
      readonly span: Span;
      readonly score: number;
      readonly reason: Reason;
    }
  | {
      readonly kind: 'ambiguous' | 'lost';
      readonly candidates: readonly Candidate[];
      readonly score: number;
      readonly reason: Reason;
    };

/** Most candidates that are told. */
export const MOST_CANDIDATES = 5;

/** The candidates from the best down, those that overlap a better one left out. */
export function rankCandidates<C extends Candidate>(found: readonly C[]): C[] {
  const ranked: C[] = [];
  for (const each of [...found].sort(
    (one, two) => two.score - one.score || one.span.start - two.span.start,
  )) {
    if (ranked.length >= MOST_CANDIDATES) break;
    if (ranked.every(({ span }) => span.end <= each.span.start || span.start >= each.span.end))
      ranked.push(each);
  }
  return ranked;
}
