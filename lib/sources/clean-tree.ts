import { VOID_TAGS } from './allow-list';
import type { TreeNode } from './canonical-text';

/** A text node of a clean article. */
export type CleanText = TreeNode & {
  readonly nodeType: 3;
  readonly nodeName: '#text';
  readonly childNodes: readonly [];
  data: string;
};
/** An element of a clean article; names of elements and attributes in lower case. */
export type CleanElement = TreeNode & {
  readonly nodeType: 1;
  readonly nodeName: string;
  readonly attributes: Readonly<Record<string, string>>;
  childNodes: CleanNode[];
};
export type CleanNode = CleanText | CleanElement;

/** The name of the element that stands for the article itself; it is never written out. */
export const ROOT = '#article';

export function text(data: string): CleanText {
  return { nodeType: 3, nodeName: '#text', childNodes: [], data };
}

export function element(
  nodeName: string,
  childNodes: CleanNode[],
  attributes: Readonly<Record<string, string>> = {},
): CleanElement {
  return { nodeType: 1, nodeName, attributes, childNodes };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\u00a0': '&nbsp;',
};

/** Text as it stands between tags (HTML Living Standard, 13.3, escaping a string). */
export function escapeText(data: string): string {
  return data.replace(/[&<>\u00a0]/g, (character) => ESCAPES[character] as string);
}

function escapeAttribute(value: string): string {
  return value.replace(/[&<>"\u00a0]/g, (character) => ESCAPES[character] as string);
}

/**
 * Writes the article's html. A browser that parses it builds this same tree, provided the tree is one that the HTML
 * parser can build (`cleanHtml` makes sure of it).
 */
export function serialiseTree(root: CleanElement): string {
  const parts: string[] = [];
  const write = (node: CleanNode): void => {
    if (node.nodeType === 3) {
      parts.push(escapeText(node.data));
      return;
    }
    const attributes = Object.entries(node.attributes)
      .map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`)
      .join('');
    parts.push(`<${node.nodeName}${attributes}>`);
    if (VOID_TAGS.has(node.nodeName)) return;
    for (const child of node.childNodes) write(child);
    parts.push(`</${node.nodeName}>`);
  };
  for (const child of root.childNodes) write(child);
  return parts.join('');
}
