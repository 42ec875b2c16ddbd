/** How far a source is trusted, as NATO's Admiralty code grades it: a letter, apart from what it says this time. */
export const RELIABILITIES = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export type Reliability = (typeof RELIABILITIES)[number];

/** How far a piece of information is believed, as the Admiralty code grades it: a digit, apart from who says it. */
export const CREDIBILITIES = [1, 2, 3, 4, 5, 6] as const;
export type Credibility = (typeof CREDIBILITIES)[number];

/** A grade in a word or two, and what it means to whoever gives it. */
export type GradeWords = { readonly name: string; readonly means: string };

/** The letters in words. `F` is no verdict on the source: nobody can judge it yet. */
export const RELIABILITY_WORDS: Readonly<Record<Reliability, GradeWords>> = {
  A: {
    name: 'Completely reliable',
    means: 'No doubt of its authenticity, trustworthiness or competence; it has always been right.',
  },
  B: { name: 'Usually reliable', means: 'Minor doubts; it has been right most of the time.' },
  C: { name: 'Fairly reliable', means: 'Some doubts; it has been right in the past.' },
  D: { name: 'Not usually reliable', means: 'Considerable doubts; it has been right now and then.' },
  E: {
    name: 'Unreliable',
    means: 'It lacks authenticity, trustworthiness or competence; it has been wrong.',
  },
  F: { name: 'Cannot be judged', means: 'There is nothing to judge it by: a new source is an F, not an E.' },
};

/** The digits in words. `6` is no verdict on the information: nobody can judge it yet. */
export const CREDIBILITY_WORDS: Readonly<Record<Credibility, GradeWords>> = {
  1: {
    name: 'Confirmed by other sources',
    means: 'Independent sources say so too; it is logical and fits what else is known.',
  },
  2: { name: 'Probably true', means: 'Not confirmed, but logical, and it fits what else is known.' },
  3: {
    name: 'Possibly true',
    means: 'Not confirmed; fairly logical, and it fits some of what else is known.',
  },
  4: { name: 'Doubtful', means: 'Not confirmed; possible, but not logical, and nothing else bears it out.' },
  5: { name: 'Improbable', means: 'Not confirmed; not logical, and other information contradicts it.' },
  6: {
    name: 'Cannot be judged',
    means: 'There is nothing to judge it by: news of its own kind is a 6, not a 5.',
  },
};

/** A weight as it is written beside a passage, like `B2`; a half that is not given is `–`, none at all is `null`. */
export function admiraltyCode(
  reliability: Reliability | null,
  credibility: Credibility | null,
): string | null {
  if (reliability === null && credibility === null) return null;
  return `${reliability ?? '–'}${credibility ?? '–'}`;
}
