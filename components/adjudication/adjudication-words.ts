import type { Decision, DisagreementKind, Outcome } from '@/lib/adjudication/decision';

/** How coders differ, in the words of the queue. */
export const DIFFERS: Record<DisagreementKind, string> = {
  code: 'Different codes',
  boundary: 'Different spans',
  'only-one': 'Not marked by all',
};

/** What was decided, after the name of whoever did. */
export const DECIDED: Record<Outcome, string> = {
  accept: 'accepted one coding',
  merge: 'merged the codings',
  third: 'coded it otherwise',
  discuss: 'sent it to discussion',
  codebook: 'asks for a change of the codebook',
};

/** The decision of a disagreement in a few words, for the queue. */
export function shortly({ outcome }: Pick<Decision, 'outcome'>): string {
  return {
    accept: 'Accepted',
    merge: 'Merged',
    third: 'Third',
    discuss: 'In discussion',
    codebook: 'Codebook',
  }[outcome];
}
