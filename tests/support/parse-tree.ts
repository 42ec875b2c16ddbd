import {
  type DefaultTreeAdapterTypes,
  defaultTreeAdapter,
  html as html5,
  parse,
  parseFragment,
} from 'parse5';
import type { TreeNode } from '@/lib/sources/canonical-text';

type Node = DefaultTreeAdapterTypes.Node;

/** A parse5 tree as the canonical text's walk sees a browser's DOM: nothing left out, nothing changed. */
function view(node: Node): TreeNode {
  const childNodes = 'childNodes' in node ? node.childNodes.map(view) : [];
  if ('value' in node) return { nodeType: 3, nodeName: '#text', childNodes, data: node.value };
  if ('tagName' in node) return { nodeType: 1, nodeName: node.tagName.toUpperCase(), childNodes };
  return { nodeType: node.nodeName === '#comment' ? 8 : 11, nodeName: node.nodeName, childNodes };
}

/** What `innerHTML` of a `div` builds. */
export function parseAsInnerHtml(html: string): TreeNode {
  return view(parseFragment(defaultTreeAdapter.createElement('div', html5.NS.HTML, []), html, {}));
}

/** What `DOMParser` builds in `body`: a document without a doctype, so in quirks mode. */
export function parseAsDocument(html: string): TreeNode {
  const root = parse(html).childNodes.find((node) => node.nodeName === 'html');
  const body =
    root && 'childNodes' in root ? root.childNodes.find((node) => node.nodeName === 'body') : undefined;
  if (body === undefined) throw new Error('The parser made no body');
  return view(body);
}

/** Every element and attribute of html as parsed, for judging what is left in it. */
export function partsOf(html: string): {
  tags: string[];
  attributes: { tag: string; name: string; value: string }[];
} {
  const tags: string[] = [];
  const attributes: { tag: string; name: string; value: string }[] = [];
  const walk = (node: Node): void => {
    if ('tagName' in node) {
      tags.push(node.tagName);
      for (const { name, value } of node.attrs) attributes.push({ tag: node.tagName, name, value });
      // A template of another name space is an element like any other.
      if ('content' in node) walk((node as DefaultTreeAdapterTypes.Template).content);
    }
    if ('childNodes' in node) for (const child of node.childNodes) walk(child);
  };
  walk(parseFragment(html));
  return { tags, attributes };
}

/** A tree as nested data, for comparing two of them. */
export function outline(node: TreeNode): unknown {
  if (node.nodeType === 3) return node.data;
  return [node.nodeName.toLowerCase(), ...Array.from(node.childNodes, outline)];
}
