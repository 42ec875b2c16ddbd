import type { Annotation } from './annotation';

/** The Span of an annotation in UTF-16 units, end exclusive. */
export function spanOf(annotation: Pick<Annotation, 'selector'>): { start: number; end: number } {
  const [position] = annotation.selector;
  return { start: position.start, end: position.end };
}

/** The marked words. */
export function exactOf(annotation: Pick<Annotation, 'selector'>): string {
  return annotation.selector[1].exact;
}
