import type { Said } from '../../tests/lib/quotes/measure';

const PAIR = /[“„«"]([^“”„«»"\n]{1,2000})[”“»"]/gu;
const NAME = /\p{Lu}\p{L}+(?: \p{Lu}\p{L}+){0,3}/gu;

/** What one would write in an hour: every pair of quotation marks is a quotation, the nearest capitalised words say it. */
export function baseline(text: string): Said[] {
  const names = [...text.matchAll(NAME)].map((match) => ({ name: match[0], at: match.index }));
  return [...text.matchAll(PAIR)].map((match) => {
    const start = match.index + match[0].search(/[\p{L}\p{N}]/u);
    const end = match.index + match[0].length - 1;
    const near = names
      .filter(({ at }) => at < match.index || at > end)
      .map(({ name, at }) => ({
        name,
        distance: at < match.index ? match.index - at - name.length : at - end,
      }))
      .sort((a, b) => a.distance - b.distance)[0];
    return { spans: [{ start, end }], speaker: near?.name ?? '' };
  });
}
