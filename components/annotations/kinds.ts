import type { Annotation, Motivation } from '@/lib/annotations/annotation';
import type { Code } from '@/lib/codebook/code';
import { personColour } from '../ui/avatar';

/** What each kind of mark is called, its letter in the selection bar and its colour. */
export const KINDS: Record<
  Motivation,
  { name: string; plural: string; letter: string; colour: Code['colour'] }
> = {
  highlighting: { name: 'Highlight', plural: 'Highlights', letter: 'h', colour: 'amber' },
  quoting: { name: 'Quote', plural: 'Quotes', letter: 'q', colour: 'sky' },
  claiming: { name: 'Claim', plural: 'Claims', letter: 'c', colour: 'violet' },
  commenting: { name: 'Comment', plural: 'Comments', letter: 'm', colour: 'emerald' },
  classifying: { name: 'Code', plural: 'Codings', letter: 't', colour: 'rose' },
};

export type ColourBy = 'kind' | 'code' | 'person';

/** Whether something kept from before is a way to colour marks. */
export function isColourBy(value: unknown): value is ColourBy {
  return value === 'kind' || value === 'code' || value === 'person';
}

/** The colour a mark is painted in, by name. */
export function colourOf(
  annotation: Annotation,
  by: ColourBy,
  codes: ReadonlyMap<string, Code>,
): Code['colour'] {
  if (by === 'person') return personColour(annotation.creator.id);
  const code = codes.get(annotation.codeIds[0] ?? '');
  // A mark that only codes has no other meaning than its code: it shows that also among the kinds.
  if (code !== undefined && (by === 'code' || annotation.motivation === 'classifying')) return code.colour;
  return KINDS[annotation.motivation].colour;
}
