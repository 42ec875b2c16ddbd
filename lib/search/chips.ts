import { parseQuery } from './parse-query';
import { printQuery } from './print-query';
import type { Field, Leaf, Node } from './query';

/** A part of a query that is all about fields: one, one that is not wanted, or several of which one will do. */
export type Chip = {
  /** As it is typed. */
  readonly text: string;
  /** Whether it says what is not wanted. */
  readonly isNot: boolean;
  /** Its fields, in the order they were typed. */
  readonly fields: readonly { readonly field: Field; readonly value: string }[];
};

/** The parts of a query that all have to be so. */
function partsOf(text: string): readonly Node[] {
  const { root } = parseQuery(text);
  if (root === null) return [];
  return root.type === 'and' ? root.nodes : [root];
}

const isField = (node: Node): node is Extract<Leaf, { type: 'field' }> => node.type === 'field';

function chipOf(node: Node): Chip | null {
  const within = node.type === 'not' ? node.node : node;
  const nodes = within.type === 'or' ? within.nodes : [within];
  if (!nodes.every(isField)) return null;
  const fields = nodes.map(({ field, value }) => ({ field, value }));
  return { text: printQuery({ root: node }), isNot: node.type === 'not', fields };
}

/** The parts of a search that can be shown as chips, in the order they were typed. */
export function chipsOf(text: string): Chip[] {
  return partsOf(text).flatMap((node) => chipOf(node) ?? []);
}

/** The search without the chip of this number; what stays means what it meant. */
export function withoutChip(text: string, number: number): string {
  const parts = partsOf(text);
  const chips = parts.filter((node) => chipOf(node) !== null);
  return printParts(parts.filter((node) => node !== chips[number]));
}

/** The search narrowed by a field, or by what is not to be. */
export function withField(text: string, field: Field, value: string, isNot = false): string {
  const leaf: Leaf = {
    type: 'field',
    field,
    value: value.replace(/["“”„«»]/g, ' ').trim(),
    start: 0,
    end: 0,
  };
  const added: Node = isNot ? { type: 'not', node: leaf } : leaf;
  return printParts([...partsOf(text), added]);
}

function printParts(nodes: readonly Node[]): string {
  const [first] = nodes;
  if (first === undefined) return '';
  return printQuery({ root: nodes.length === 1 ? first : { type: 'and', nodes } });
}
