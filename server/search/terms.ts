import { type Alike, lexemesOf } from '../../db/search/compile';
import type { Meaning } from '../../db/search/resolve';
import type { Term } from '../../lib/search/excerpt';
import { fold } from '../../lib/search/fold';
import { leavesOf, wordsOf } from '../../lib/search/leaves';
import type { Node } from '../../lib/search/query';

/** What is shown as a match: the words that are asked for, in every form that was looked for. */
export function termsOf(root: Node, meaning: Meaning, alike: Alike): Term[] {
  return leavesOf(root).flatMap(({ leaf, asked }) => {
    const words = wordsOf(leaf);
    if (!asked || words === null) return [];
    const lexemes = [...(meaning.words.get(leaf)?.values() ?? [])].flatMap(lexemesOf);
    const stems = [...new Set(lexemes.flatMap((lexeme) => [lexeme, ...(alike.get(lexeme) ?? [])]))];
    const spoken = words.match(/[\p{L}\p{N}\p{M}]+/gu)?.map(fold) ?? [];
    return spoken.length === 0 ? [] : [{ words: spoken, stems, prefix: leaf.type === 'word' && leaf.prefix }];
  });
}

/** The lexemes of what is asked for in words, which may be misspelt. */
export function guessable(root: Node, meaning: Meaning): string[] {
  return leavesOf(root).flatMap(({ leaf, asked }) =>
    asked && leaf.type !== 'field' ? [...(meaning.words.get(leaf)?.values() ?? [])].flatMap(lexemesOf) : [],
  );
}
