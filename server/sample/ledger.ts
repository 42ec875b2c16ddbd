import type { Claim, Evidence } from '../../lib/claims/claim';
import type { FollowUp } from '../../lib/follow-ups/follow-up';
import type { SamplePerson } from './marks';

export type SampleClaim = Pick<Claim, 'wording' | 'status' | 'confidence' | 'tags'> & {
  readonly by: SamplePerson;
  /** Marks by their place in `SAMPLE_MARKS`, for it, against it or beside it. */
  readonly evidence: readonly (Pick<Evidence, 'stance' | 'reliability' | 'credibility'> & {
    readonly mark: number;
  })[];
};

/** What the sample's desk checks. */
export const SAMPLE_CLAIMS: readonly SampleClaim[] = [
  {
    by: 'first user',
    wording: 'More than 2,300 children were separated from their parents at the Varn crossing.',
    status: 'checking',
    confidence: 'medium',
    tags: ['figures'],
    evidence: [
      { mark: 6, stance: 'supports', reliability: 'B', credibility: 2 },
      { mark: 7, stance: 'context', reliability: 'B', credibility: 2 },
    ],
  },
  {
    by: 'colleague',
    wording: 'Minister Brandt called the children “the lever” on a call with prosecutors.',
    status: 'disputed',
    confidence: 'low',
    tags: ['intent'],
    evidence: [
      { mark: 0, stance: 'supports', reliability: 'C', credibility: 3 },
      { mark: 16, stance: 'disputes', reliability: 'C', credibility: 3 },
    ],
  },
];

export type SampleFollowUp = Pick<FollowUp, 'kind' | 'wording' | 'details' | 'state'> & {
  readonly by: SamplePerson;
  readonly owner: SamplePerson;
  /** The mark that raised it, by its place in `SAMPLE_MARKS`, or the last comment on that mark. */
  readonly mark: number;
  readonly isOfComment?: boolean;
  /** Days from the first start on. */
  readonly days: number;
};

/** What the sample's desk still has to ask and to do. */
export const SAMPLE_FOLLOW_UPS: readonly SampleFollowUp[] = [
  {
    by: 'first user',
    owner: 'first user',
    kind: 'question',
    wording: 'Who counts the 212 children now?',
    details: 'The figure is a month old. The registry at the crossing, or the auditors themselves.',
    state: 'open',
    mark: 8,
    days: 3,
  },
  {
    by: 'first user',
    owner: 'colleague',
    kind: 'task',
    wording: 'Ask the Ledger whether the call was recorded',
    details: '',
    state: 'doing',
    mark: 16,
    isOfComment: true,
    days: 1,
  },
];
