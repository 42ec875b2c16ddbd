import type { Leaf, Node, Query } from './query';

/** A query as a person would type it; read again it means the same. */
export function printQuery({ root }: Pick<Query, 'root'>): string {
  return root === null ? '' : print(root, 'top');
}

function print(node: Node, within: 'top' | 'and' | 'or' | 'not'): string {
  switch (node.type) {
    case 'and': {
      const words = node.nodes.map((one) => print(one, 'and')).join(' ');
      return within === 'not' ? `(${words})` : words;
    }
    case 'or': {
      const words = node.nodes.map((one) => print(one, 'or')).join(' OR ');
      return within === 'and' || within === 'not' ? `(${words})` : words;
    }
    case 'not':
      return `-${print(node.node, 'not')}`;
    default:
      return printLeaf(node);
  }
}

const quoted = (words: string) => `"${words}"`;

/** A word that would be read as something else is set in quotes. */
function printLeaf(leaf: Leaf): string {
  switch (leaf.type) {
    case 'phrase':
      return quoted(leaf.words);
    case 'word':
      return `${leaf.word}${leaf.prefix ? '*' : ''}`;
    default:
      return `${leaf.field}:${/^[^\s()"“„«]+$/u.test(leaf.value) ? leaf.value : quoted(leaf.value)}`;
  }
}
