import { endsOf } from '../coverage/sentences';
import type { Extent } from './merge-spans';

/** What is judged: the units that coders are compared on. */
export const UNIT_KINDS = {
  passage: 'Passages as marked: each that anybody marked, by its exact begin and end',
  sentence: 'Sentences that a mark touches or not',
  paragraph: 'Paragraphs that a mark touches or not',
  character: 'Characters (UTF-16 units) that a mark covers or not',
  source: 'Sources that hold a mark or not',
} as const;
export type UnitKind = keyof typeof UNIT_KINDS;
/** The kinds whose units follow from the text alone. */
export type SectionKind = 'sentence' | 'paragraph' | 'source';

const LETTER = /[\p{L}\p{N}]/u;

/** The sections of a text in their order, without space around them; what holds no letter or digit is none. */
export function sectionsOf(kind: SectionKind, text: string): Extent[] {
  if (kind === 'source') return [{ start: 0, end: text.length }];
  const paragraphs = [...text.matchAll(/[^\n]+/g)].map(({ 0: words, index }) =>
    trimmed(text, index, index + words.length),
  );
  const found = paragraphs.filter(({ start, end }) => LETTER.test(text.slice(start, end)));
  if (kind === 'paragraph') return found;
  return found.flatMap(({ start, end }) => {
    const words = text.slice(start, end);
    let from = 0;
    return endsOf(words, []).flatMap((to) => {
      const sentence = trimmed(text, start + from, start + to);
      from = to;
      return LETTER.test(text.slice(sentence.start, sentence.end)) ? [sentence] : [];
    });
  });
}

function trimmed(text: string, start: number, end: number): Extent {
  const words = text.slice(start, end);
  return { start: start + words.length - words.trimStart().length, end: start + words.trimEnd().length };
}

/** The runs of characters between any two begins or ends of spans; together they are the whole stretch. */
export function runsOf({ start, end }: Extent, spans: readonly Extent[]): Extent[] {
  const edges = new Set([start, end]);
  for (const span of spans)
    for (const edge of [span.start, span.end]) if (edge > start && edge < end) edges.add(edge);
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(1).map((edge, at) => ({ start: sorted[at] ?? start, end: edge }));
}

/** The spans that anybody marked, each once, in their order. */
export function passagesOf(spans: readonly Extent[]): Extent[] {
  const known = new Map(
    spans.map((span) => [`${span.start}-${span.end}`, { start: span.start, end: span.end }]),
  );
  return [...known.values()].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The place of the first section that ends behind an offset. */
export function firstEndingAfter(sections: readonly Extent[], offset: number): number {
  let [low, high] = [0, sections.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sections[middle] as Extent).end > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
