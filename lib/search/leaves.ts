import type { Leaf, Node } from './query';

/** The leaves of a query in the order they were typed, each with whether it is asked for or asked not to be there. */
export function leavesOf(node: Node | null, asked = true): { leaf: Leaf; asked: boolean }[] {
  if (node === null) return [];
  switch (node.type) {
    case 'and':
    case 'or':
      return node.nodes.flatMap((one) => leavesOf(one, asked));
    case 'not':
      return leavesOf(node.node, !asked);
    default:
      return [{ leaf: node, asked }];
  }
}

/** The words of a leaf that are looked for in texts; null where it is a field that is about something else. */
export function wordsOf(leaf: Leaf): string | null {
  if (leaf.type === 'word') return leaf.word;
  if (leaf.type === 'phrase') return leaf.words;
  return null;
}
