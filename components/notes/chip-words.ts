import type { Annotation, Motivation } from '@/lib/annotations/annotation';
import { exactOf } from '@/lib/annotations/span';
import { flat } from '@/lib/words/shorten';

/** How a mark is called on its chip. */
export const CHIP_KIND: Record<Motivation, string> = {
  highlighting: 'Highlight',
  quoting: 'Quote',
  claiming: 'Claim',
  commenting: 'Comment',
  classifying: 'Code',
};

export const CHIP_LENGTH = 160;

/** The words in quotation marks, without doubling marks that they bring along. */
export function quoted(words: string): string {
  return /^[“"«„]/u.test(words) && /[”"»“]$/u.test(words) ? words : `“${words}”`;
}

/** Who is credited on the chip: the speaker of a quote, where one is known. */
export function speakerOf(annotation: Annotation): string {
  return annotation.quote?.speaker ?? '';
}

/** The chip as plain text, whole: “words” — speaker. */
export function chipText(annotation: Annotation): string {
  const speaker = speakerOf(annotation);
  const words = quoted(flat(exactOf(annotation)));
  return speaker === '' ? words : `${words} — ${speaker}`;
}
