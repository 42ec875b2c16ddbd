import type { Motivation } from '../annotations/annotation';
import type { QuoteDetails } from '../annotations/quote';
import type { IncomingAnnotation } from './incoming';

/** A quote without what it says of things of another project. */
export const ownQuote = (quote: QuoteDetails): QuoteDetails => ({
  ...quote,
  speakerId: null,
  chain: quote.chain
    .filter(({ label }) => label !== '')
    .map((link) => ({ ...link, sourceId: null, speakerId: null })),
});

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
