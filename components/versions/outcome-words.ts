import { REASONS, type Reason } from '@/lib/anchoring/outcome';
import type { TargetOutcome } from '@/lib/annotations/anchoring';

/** What became of a mark, in a word for lists and counts. */
export const OUTCOME_WORDS: Record<TargetOutcome, string> = {
  made: 'Made here',
  same: 'Same',
  moved: 'Moved',
  changed: 'Text changed',
  ambiguous: 'Several places',
  lost: 'Not found',
};

/** Why, as a sentence for whoever looks at it. */
export function reasonWords(reason: string): string {
  if (reason === 'returned') return 'Somebody had set it aside as gone; its words are there again.';
  return REASONS[reason as Reason] ?? '';
}

/** A score as people read it. */
export function percent(score: number): string {
  return `${Math.round(score * 100)} %`;
}
