import { z } from 'zod';
import { Person } from '../annotations/annotation';

const Count = z.int().min(0);

/** What one person did in a project, of what is still there. */
export const Contribution = z.object({
  person: Person,
  /** Whether they are a member now; who left stays listed. */
  isMember: z.boolean(),
  /** Codes put on passages, and quotes and other marks made, that the reader may see. */
  codings: Count,
  quotes: Count,
  marks: Count,
  /** Codes made or reworded, merges and splits. */
  codebook: Count,
  claims: Count,
  /** Passages that bear on claims, attached by them. */
  evidence: Count,
  sources: Count,
  comments: Count,
  threads: Count,
  /** Disagreements of coders adjudicated, discussions settled, places of marks decided and codings confirmed. */
  decisions: Count,
  /** Claims and sentences of notes signed off. */
  reviews: Count,
  followUps: Count,
  /** Letters of notes (UTF-16 units) written by them that are still there. */
  letters: Count,
  /** So many of these letters came in at once, most likely pasted. */
  lettersAtOnce: Count,
});
export type Contribution = z.infer<typeof Contribution>;

/** The counts of a contribution in the order they are shown, with what they are called. */
export const COUNTS = {
  codings: 'Codings',
  quotes: 'Quotes',
  marks: 'Other marks',
  codebook: 'Codebook',
  claims: 'Claims',
  evidence: 'Evidence',
  sources: 'Sources',
  comments: 'Comments',
  threads: 'Discussions begun',
  decisions: 'Decisions',
  reviews: 'Sign-offs',
  followUps: 'Follow-ups',
  letters: 'Letters in notes',
  lettersAtOnce: 'of these came at once',
} as const satisfies Partial<Record<keyof Contribution, string>>;
export type Count = keyof typeof COUNTS;
