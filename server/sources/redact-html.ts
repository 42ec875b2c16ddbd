import type { Span } from '../../lib/anchoring/describe';
import { canonicalText, type Piece } from '../../lib/sources/canonical-text';
import { type CleanElement, type CleanNode, serialiseTree } from '../../lib/sources/clean-tree';
import { redact, touches } from '../../lib/sources/redact';
import { parseClean } from './clean-html';

/**
 * Stored html and its canonical text with these spans (UTF-16 units) blacked out, and without what links inside them lead to: of the same
 * form and length.
 * @throws Error when the html does not say the text any more: nothing is shown then rather than something else.
 */
export function redactArticle(
  { html, text }: { html: string; text: string },
  spans: readonly Span[],
): { html: string; text: string } {
  const tree = parseClean(html);
  const { pieces } = canonicalText<CleanNode>(tree);
  const black = new Set<CleanNode>();
  for (const piece of pieces) blacken(piece, spans, black);
  const made = { html: serialiseTree(withoutAddresses(tree, black)), text: redact(text, 0, spans) };
  if (canonicalText(parseClean(made.html)).text !== made.text)
    throw new Error('The html of a source can’t be blacked out: it does not say what its text does.');
  return made;
}

function blacken(
  { node, start, end }: Piece<CleanNode>,
  spans: readonly Span[],
  black: Set<CleanNode>,
): void {
  if (node.nodeType !== 3 || !spans.some((span) => touches(span, { start, end }))) return;
  node.data = redact(node.data, start, spans);
  black.add(node);
}

/** The tree without the attributes of elements that hold a blackened text: an address says what its words do. */
function withoutAddresses(root: CleanElement, black: ReadonlySet<CleanNode>): CleanElement {
  const childNodes = root.childNodes.map((child) =>
    child.nodeType === 3 ? child : withoutAddresses(child, black),
  );
  const isBlack = (node: CleanNode): boolean =>
    node.nodeType === 3 ? black.has(node) : node.childNodes.some(isBlack);
  const { href: _, rel: __, lang: ___, ...form } = root.attributes;
  return { ...root, childNodes, attributes: root.childNodes.some(isBlack) ? form : root.attributes };
}
