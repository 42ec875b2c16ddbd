const segmenters = new Map<string, Intl.Segmenter>();

/** Where the sentences of a text end, by the rules of its language (Unicode UAX 29): UTF-16 offsets, the last its length. */
export function sentenceEnds(text: string, language: string | null): number[] {
  const locale = /^[a-z]{2,3}\b/i.exec(language ?? '')?.[0] ?? 'en';
  const segmenter = segmenters.get(locale) ?? new Intl.Segmenter(locale, { granularity: 'sentence' });
  segmenters.set(locale, segmenter);
  return Array.from(segmenter.segment(text), ({ index, segment }) => index + segment.length);
}
