import type { Annotation } from '../annotations/annotation';

/** What a mark is called by what it was made for; empty where its words or codes say it. */
export const MADE: Record<Annotation['motivation'], string> = {
  highlighting: 'Highlight',
  quoting: 'Quote',
  claiming: 'Claim',
  commenting: '',
  classifying: '',
};

/** What a mark says as a comment of a document: what kind it is, its codes by their names, who is quoted, and what was written. */
export function wordsOfMark(
  { motivation, codeIds, quote, body }: Annotation,
  codes: ReadonlyMap<string, string>,
): string {
  const names = codeIds.flatMap((id) => codes.get(id) ?? []).join(', ');
  const lines = [
    MADE[motivation],
    names && `Code: ${names}`,
    quote?.speaker ? `Said by ${quote.speaker}` : '',
    body?.value ?? '',
  ];
  return lines.filter(Boolean).join('\n') || 'Mark';
}
