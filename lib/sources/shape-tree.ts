import { WRAPPER_TAGS } from './allow-list';
import { isBlock } from './canonical-text';
import { type CleanElement, type CleanNode, element, ROOT, text } from './clean-tree';

/** Blocks whose inline runs become paragraphs; a list item, a cell or a caption keeps them bare. */
const PARAGRAPHED = new Set([ROOT, 'blockquote', 'figure']);
/** Blocks in which a lone paragraph says nothing that the block does not. */
const SINGLE = new Set(['li', 'dt', 'dd', 'td', 'th', 'caption', 'figcaption']);
const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
/** Blocks that may stand only in their own parent, so that a paragraph may not come between. */
const STRUCTURE = new Set(['ul', 'ol', 'dl', 'table', 'thead', 'tbody', 'tfoot', 'tr']);

const holdsBlock = new WeakMap<CleanNode, boolean>();

/** Whether a node is a block or holds one; remembered, since the tree is asked from the bottom up. */
function isBlocky(node: CleanNode): boolean {
  if (node.nodeType === 3) return false;
  if (isBlock(node.nodeName.toUpperCase())) return true;
  const known = holdsBlock.get(node);
  if (known !== undefined) return known;
  const found = node.childNodes.some(isBlocky);
  holdsBlock.set(node, found);
  return found;
}

function isBlank(node: CleanNode): boolean {
  return node.nodeType === 3 && !/[^ \t\n\r\f]/.test(node.data);
}

/** Puts each run of inline nodes into a paragraph of its own. */
function paragraphs(nodes: readonly CleanNode[], attributes: Readonly<Record<string, string>>): CleanNode[] {
  const out: CleanNode[] = [];
  let run: CleanNode[] = [];
  const close = () => {
    if (run.some((node) => !isBlank(node))) out.push(element('p', run, attributes));
    run = [];
  };
  for (const node of nodes) {
    if (isBlocky(node)) {
      close();
      out.push(node);
    } else {
      run.push(node);
    }
  }
  close();
  return out;
}

/** The inline content of blocks that stand where only a line may (in a heading), with line breaks between them. */
function line(nodes: readonly CleanNode[]): CleanNode[] {
  const out: CleanNode[] = [];
  let open = false;
  for (const node of nodes) {
    const dissolves = node.nodeType === 1 && (node.nodeName === 'p' || HEADINGS.has(node.nodeName));
    if (isBlank(node) && open) continue;
    if (out.length > 0 && (dissolves || open)) out.push(element('br', []));
    if (dissolves) out.push(...node.childNodes);
    else out.push(node);
    open = dissolves;
  }
  return out;
}

function inherit(node: CleanNode, attributes: Readonly<Record<string, string>>): CleanNode {
  if (node.nodeType === 3 || Object.keys(attributes).length === 0) return node;
  return element(node.nodeName, node.childNodes, { ...attributes, ...node.attributes });
}

function shapeChildren(parent: CleanElement): CleanNode[] {
  return parent.childNodes.flatMap(shape);
}

function shape(node: CleanNode): CleanNode[] {
  if (node.nodeType === 3) return [node];
  const children = shapeChildren(node);
  const { nodeName: name, attributes } = node;
  if (WRAPPER_TAGS.has(name)) return paragraphs(children, {}).map((child) => inherit(child, attributes));
  if (name === 'q') return [text('“'), ...children, text('”')];
  if (name === 'a' && attributes.href === undefined) return children;
  if (name === 'span' && (Object.keys(attributes).length === 0 || children.some(isBlocky))) return children;
  if (HEADINGS.has(name)) return [element(name, line(children), attributes)];
  if (PARAGRAPHED.has(name)) return [element(name, paragraphs(children, {}), attributes)];
  if (STRUCTURE.has(name))
    return [
      element(
        name,
        children.filter((child) => !isBlank(child)),
        attributes,
      ),
    ];
  if (SINGLE.has(name)) {
    const [only, ...others] = children.filter((child) => !isBlank(child));
    if (only?.nodeType === 1 && only.nodeName === 'p' && others.length === 0)
      return [element(name, only.childNodes, { ...only.attributes, ...attributes })];
  }
  return [element(name, children, attributes)];
}

/**
 * Gives an article the few shapes that the reader knows: no grouping elements, running text in paragraphs, bare text
 * only in list items, cells and captions. What a browser shows as quotation marks (`q`) becomes letters.
 */
export function shapeTree(root: CleanElement): CleanElement {
  return element(ROOT, paragraphs(shapeChildren(root), {}));
}
