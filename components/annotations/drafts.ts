import type { Motivation } from '@/lib/annotations/annotation';
import { EMPTY_QUOTE } from '@/lib/annotations/attribution';
import type { QuoteDetails } from '@/lib/annotations/quote';

/** What is being written about a passage. */
export type MarkDraft = {
  text: string;
  quote: QuoteDetails;
};

export const EMPTY_DRAFT: MarkDraft = { text: '', quote: EMPTY_QUOTE };

const drafts = new Map<string, MarkDraft>();

function keyOf(sourceId: string, span: { start: number; end: number }, kind: Motivation): string {
  return `${sourceId} ${span.start}-${span.end} ${kind}`;
}

/** What was written about this passage and not saved. */
export function draftFor(
  sourceId: string,
  span: { start: number; end: number },
  kind: Motivation,
): MarkDraft | null {
  return drafts.get(keyOf(sourceId, span, kind)) ?? null;
}

/** Keeps a draft for as long as the page lives; `null` forgets it. */
export function keepDraft(
  sourceId: string,
  span: { start: number; end: number },
  kind: Motivation,
  draft: MarkDraft | null,
): void {
  const key = keyOf(sourceId, span, kind);
  if (draft === null) drafts.delete(key);
  else drafts.set(key, draft);
}
