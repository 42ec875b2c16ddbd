import { isBlock } from './canonical-text';
import { type CleanElement, type CleanNode, element } from './clean-tree';
import { furnitureOf, isProse } from './furniture';
import { isAround, isByTheLead, leadsElsewhere } from './trim-lines';

/** The most of an article's letters that are taken out as not its own: beyond that nothing is, as it is likely a list of links itself. */
const MOST_TAKEN = 0.5;

/** A block of an article that holds no other. */
type Block = {
  readonly node: CleanElement;
  /** White space collapsed. */
  readonly text: string;
  /** The part of its letters that lead elsewhere. */
  readonly linked: number;
  readonly isHeading: boolean;
  /** The list that it is an item of. */
  readonly list: CleanElement | null;
};

/** Where words stand as they must: in a table, or as they are set. */
const FIXED = new Set(['table', 'pre', 'dl']);
const letters = (text: string) => text.replace(/\s+/g, '').length;

function wordsOf(node: CleanNode): string {
  if (node.nodeType === 3) return node.data;
  return node.nodeName === 'br' ? ' ' : node.childNodes.map(wordsOf).join('');
}

function linkedIn(node: CleanNode): number {
  if (node.nodeType === 3) return 0;
  if (node.nodeName === 'a') return letters(wordsOf(node));
  return node.childNodes.reduce((sum, child) => sum + linkedIn(child), 0);
}

function blocksOf(root: CleanElement): Block[] {
  const blocks: Block[] = [];
  const visit = (node: CleanElement, list: CleanElement | null): void => {
    if (FIXED.has(node.nodeName)) return;
    const within = node.nodeName === 'ul' || node.nodeName === 'ol' ? node : list;
    const inner = node.childNodes.filter(
      (child): child is CleanElement => child.nodeType === 1 && isBlock(child.nodeName.toUpperCase()),
    );
    for (const child of inner) visit(child, within);
    if (inner.length > 0 || node === root) return;
    const text = wordsOf(node).replace(/\s+/g, ' ').trim();
    const isHeading = /^h[1-6]$/.test(node.nodeName);
    blocks.push({ node, text, linked: linkedIn(node) / Math.max(1, letters(text)), isHeading, list });
  };
  visit(root, null);
  return blocks;
}

const isAddress = (text: string) => /^\S+$/.test(text) && /[:@/]/.test(text);
const isLink = ({ linked }: Block) => linked > 0.8;
const tells = (block: Block) => isProse(block.text) && block.linked < 0.5;
const plain = (text: string) => (text.match(/[\p{L}\p{N}]+/gu) ?? []).join(' ').toLowerCase();

/** The blocks that are only links to elsewhere: a paragraph for itself, or a whole list, which no words before it announce. */
function onlyLinks(blocks: readonly Block[]): Block[] {
  const lists = new Map<CleanElement, Block[]>();
  for (const block of blocks)
    if (block.list) lists.set(block.list, [...(lists.get(block.list) ?? []), block]);
  let before = '';
  return blocks.filter((block) => {
    const announced = /[:：]$/.test(before);
    const whole = block.list === null || (lists.get(block.list) ?? []).every(isLink);
    if (block.list === null || block !== lists.get(block.list)?.at(-1))
      if (!isLink(block)) before = block.text;
    return !block.isHeading && isLink(block) && whole && !announced && !isAddress(block.text);
  });
}

/** Before the first words that tell something: menus, the title once more, dates and who wrote it. */
function inLead(blocks: readonly Block[], title: string): Block[] {
  const first = blocks.findIndex((block) => tells(block) && !isByTheLead(block.text));
  const called = plain(title);
  return blocks
    .slice(0, Math.max(0, first))
    .filter((block) => isLink(block) || isByTheLead(block.text) || plain(block.text) === called);
}

/** Behind the last words that tell something: headings of nothing, links, sign-ups; and all that stands below a heading of such. */
function inTail(blocks: readonly Block[]): Block[] {
  const last = blocks.findLastIndex((block) => tells(block) && !isAround(block.text));
  const tail = blocks.slice(last + 1);
  return tail.filter((block) => block.isHeading || isLink(block) || furnitureOf(block.text) !== null);
}

function without(node: CleanElement, taken: ReadonlySet<CleanNode>): CleanElement {
  const kept = node.childNodes.flatMap((child): CleanNode[] => {
    if (taken.has(child)) return [];
    if (child.nodeType === 3) return [child];
    const inner = without(child, taken);
    return inner.childNodes.length === 0 && child.childNodes.length > 0 ? [] : [inner];
  });
  return element(node.nodeName, kept, node.attributes);
}

/**
 * An article without what its page puts around and between it: links to other stories, menus, sign-ups, the title once more, who
 * took a picture. Careful: words that tell something stay, and all of it where too much would go. `taken` are the lines that are gone.
 */
export function trimArticle(
  root: CleanElement,
  title: string,
): { readonly article: CleanElement; readonly taken: readonly string[] } {
  const blocks = blocksOf(root);
  const around = blocks.filter((block) => isAround(block.text) || leadsElsewhere(block.text, block.linked));
  const rest = blocks.filter((block) => !around.includes(block));
  const gone = new Set([...around, ...onlyLinks(rest)]);
  const kept = blocks.filter((block) => !gone.has(block));
  const taken = new Set([...gone, ...inLead(kept, title), ...inTail(kept)]);
  const sum = (some: Iterable<Block>) => [...some].reduce((all, { text }) => all + letters(text), 0);
  if (taken.size === 0 || sum(taken) > MOST_TAKEN * sum(blocks)) return { article: root, taken: [] };
  const nodes = new Set<CleanNode>([...taken].map(({ node }) => node));
  const lines = blocks.filter((block) => taken.has(block)).map(({ text }) => text);
  return { article: without(root, nodes), taken: lines };
}
