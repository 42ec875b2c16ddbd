import type { Motivation } from '../annotations/annotation';
import type { IncomingAnnotation } from './incoming';

/** A motivation asks for what makes sense of it. */
export function motivationOf(
  { motivation }: IncomingAnnotation,
  codes: readonly string[],
  body: string | null,
): Motivation {
  if (motivation === 'commenting' && body === null) return 'highlighting';
  if (motivation === 'classifying' && codes.length === 0)
    return body === null ? 'highlighting' : 'commenting';
  return motivation;
}
