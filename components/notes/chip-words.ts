import type { Annotation, Motivation } from '@/lib/annotations/annotation';
import { exactOf } from '@/lib/annotations/span';

/** How a mark is called on its chip. */
export const CHIP_KIND: Record<Motivation, string> = {
  highlighting: 'Highlight',
  quoting: 'Quote',
  claiming: 'Claim',
  commenting: 'Comment',
  classifying: 'Code',
};

export const CHIP_LENGTH = 160;

/** Words on one line. */
export function flat(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** At most `length` UTF-16 units of a text on one line, cut between words where there are any. */
export function shorten(text: string, length: number = CHIP_LENGTH): string {
  const line = flat(text);
  if (line.length <= length) return line;
  let cut = line.slice(0, length - 1);
  // Never half of a surrogate pair.
  if (/[\uD800-\uDBFF]$/.test(cut)) cut = cut.slice(0, -1);
  const space = cut.lastIndexOf(' ');
  return `${(space > length * 0.5 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

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
