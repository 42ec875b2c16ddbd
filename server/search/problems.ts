import type { Meaning } from '../../db/search/resolve';
import { leavesOf } from '../../lib/search/leaves';
import type { Leaf, Problem, Query } from '../../lib/search/query';

const NAMES: Record<string, string> = {
  code: 'There is no code “VALUE” in the codebook. Look for one of its words, or add it.',
  by: 'Nobody here is called “VALUE”. Write a part of a member’s name, or me.',
  owner: 'Nobody here is called “VALUE”. Write a part of a member’s name, or me.',
  source: 'No source has “VALUE” in its title. Write a part of a title.',
  status:
    'Nothing here has the status “VALUE”. Write one of a claim, of a thread (open, resolved), of a follow-up (open, doing, done, dropped) or of a mark’s place (waiting, orphan).',
  speaker: 'Nobody who is quoted here is called “VALUE”. Write a part of a name, or an alias.',
  in: 'No source has “VALUE” in its title. Write a part of a title.',
};

/** What is to be said about a query: what it says wrong, then names that nobody has and words that nothing is found by. */
export function problemsOf({ root, problems }: Query, meaning: Meaning): Problem[] {
  const told = leavesOf(root).flatMap(({ leaf }) => {
    const words = problemOf(leaf, meaning);
    return words === null ? [] : [{ start: leaf.start, end: leaf.end, words }];
  });
  return [...problems, ...told].sort((a, b) => a.start - b.start);
}

function problemOf(leaf: Leaf, meaning: Meaning): string | null {
  if (leaf.type === 'field') {
    if (meaning.named.get(leaf)?.length !== 0) return null;
    return NAMES[leaf.field]?.replace('VALUE', () => leaf.value) ?? null;
  }
  const forms = [...(meaning.words.get(leaf)?.values() ?? [])];
  if (forms.some((form) => form !== '')) return null;
  return 'There is no word in this. Write letters or numbers.';
}
