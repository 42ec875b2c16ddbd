import type { Annotation } from '@/lib/annotations/annotation';

const SAYING =
  'said|says|told|tells|added|adds|asked|argued|argues|warned|warns|wrote|writes|explained|denied|replied|claimed|stated|insisted|acknowledged|noted|according to';
const WORD = String.raw`(?:\p{Lu}[\p{L}'’-]{1,24}|\p{Lu}\p{Ll}{0,2}\.)`;
/** Bounded everywhere and begun only at a word: no text makes it slow. */
const NAME = String.raw`(?<![\p{L}'’.-])${WORD}(?:\s(?:(?:de|van|von|der|al|bin|la|le|of|the)\s){0,2}${WORD}){0,4}`;
const BEFORE = new RegExp(String.raw`(${NAME})[^.!?\n“”"]{0,60}?\s(?:${SAYING})\b`, 'gu');
const AFTER = new RegExp(
  String.raw`\b(?:${SAYING})\s+(?:(?:the|a|an|by)\s+)?(?:[\p{Ll}-]+\s+){0,3}(${NAME})`,
  'gu',
);
/** Words that begin a sentence with a capital letter and name nobody. */
const NOT_NAMES = new Set(
  'The A An One Two Three Four Five Six Seven Eight Nine Ten Both Another Each Every Last Next All Most He She They It We I But And In On At As For When While After Before This That These Those His Her Their Our My You If So Yet Or Nor Some Many However According'.split(
    ' ',
  ),
);
/** UTF-16 units on each side of the passage that are read for names. */
const AROUND = 700;

/**
 * Who may have said a passage: speakers of earlier quotes that are named in it or near it come first, then names beside
 * a word of saying (the nearest first), then the other speakers known.
 */
export function suggestSpeakers(
  text: string,
  span: { start: number; end: number },
  quotes: Iterable<Annotation>,
): string[] {
  const from = Math.max(0, span.start - AROUND);
  const near = text.slice(from, Math.min(span.end + AROUND, from + 6 * AROUND));
  const found: { name: string; distance: number }[] = [];
  for (const pattern of [BEFORE, AFTER]) {
    for (const match of near.matchAll(pattern)) {
      const name = nameIn(match[1] ?? '');
      const at = from + match.index;
      if (name !== '')
        found.push({ name, distance: at < span.start ? span.start - at : Math.max(0, at - span.end) });
    }
  }
  found.sort((a, b) => a.distance - b.distance);
  const counts = new Map<string, number>();
  for (const { quote, deleted } of quotes)
    if (deleted === null && quote?.speaker) counts.set(quote.speaker, (counts.get(quote.speaker) ?? 0) + 1);
  const known = [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  const lastWord = (name: string) => name.split(/\s+/).at(-1) ?? name;
  return [
    ...new Set([
      ...known.filter((name) => near.includes(lastWord(name))),
      ...found.map(({ name }) => name),
      ...known,
    ]),
  ].slice(0, 12);
}

function nameIn(words: string): string {
  const parts = words.split(/\s+/);
  while (parts.length > 0 && NOT_NAMES.has(parts[0] as string)) parts.shift();
  return parts.join(' ').replace(/['’]s$|[.,]$/u, '');
}
