import { type DefaultTreeAdapterTypes, defaultTreeAdapter, html, parse, parseFragment } from 'parse5';
import { AppError } from '../../lib/errors';

export type PageNode = DefaultTreeAdapterTypes.Node;
export type PageElement = DefaultTreeAdapterTypes.Element;
export type PageDocument = DefaultTreeAdapterTypes.Document;

/** The most elements a page may have, and the deepest they may stand in each other. */
export const PAGE_LIMITS = { elements: 50_000, depth: 256 } as const;
/** The same for html of our own making: a long book in lines. */
export const CLEAN_LIMITS = { elements: 500_000, depth: 300 } as const;
type Limits = { readonly elements: number; readonly depth: number };

/** A tree adapter that gives up as soon as the page is too large to be worked on in reasonable time. */
function limitedAdapter(limits: Limits): typeof defaultTreeAdapter {
  let elements = 0;
  let depth = 0;
  return {
    ...defaultTreeAdapter,
    createElement(name, namespace, attributes) {
      elements += 1;
      if (elements > limits.elements)
        throw new AppError(
          'invalid',
          `This page has more than ${limits.elements.toLocaleString('en')} elements, too many to read. Copy the part you need and paste it as text instead.`,
          { details: { reason: 'too-many-elements' } },
        );
      return defaultTreeAdapter.createElement(name, namespace, attributes);
    },
    onItemPush() {
      depth += 1;
      if (depth > limits.depth)
        throw new AppError(
          'invalid',
          `The elements of this page stand more than ${limits.depth} deep in each other, too deep to read. Copy the part you need and paste it as text instead.`,
          { details: { reason: 'too-deep' } },
        );
    },
    onItemPop() {
      depth -= 1;
    },
  };
}

/**
 * Parses a whole page as browsers do.
 * @throws AppError `invalid` when it is larger or deeper than `PAGE_LIMITS`.
 */
export function parsePage(source: string): PageDocument {
  return parse(source, { treeAdapter: limitedAdapter(PAGE_LIMITS) });
}

/**
 * Parses html as a browser does for `innerHTML` of a `div`.
 * @throws AppError `invalid` when it is larger or deeper than the limits.
 */
export function parseInner(source: string, limits: Limits): DefaultTreeAdapterTypes.DocumentFragment {
  const context = defaultTreeAdapter.createElement('div', html.NS.HTML, []);
  return parseFragment(context, source, { treeAdapter: limitedAdapter(limits) });
}

export function isElement(node: PageNode): node is PageElement {
  return 'tagName' in node;
}

/** The value of an attribute, `null` where it is absent. */
export function attributeOf(node: PageElement, name: string): string | null {
  return node.attrs.find((attribute) => attribute.name === name)?.value ?? null;
}

/** Every element below a node, in document order. Iterative: depth is no limit. */
export function* elementsOf(root: PageNode): Generator<PageElement> {
  const stack: PageNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isElement(node)) yield node;
    if ('childNodes' in node) stack.push(...node.childNodes.toReversed());
  }
}

/** The characters of all texts below a node. */
export function textOf(root: PageNode): string {
  const parts: string[] = [];
  const stack: PageNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if ('value' in node) parts.push(node.value);
    if ('childNodes' in node) stack.push(...node.childNodes.toReversed());
  }
  return parts.join('');
}

/** Takes an element and everything in it out of its page. */
export function detach(node: PageElement): void {
  defaultTreeAdapter.detachNode(node);
}
