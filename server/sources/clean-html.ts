import { html as html5 } from 'parse5';
import sanitizeHtml from 'sanitize-html';
import {
  ALLOWED_TAGS,
  DROPPED_TAGS,
  isAllowedAttribute,
  LINK_REL,
  linkAddress,
  WRAPPER_TAGS,
} from '../../lib/sources/allow-list';
import { canonicalText } from '../../lib/sources/canonical-text';
import {
  type CleanElement,
  type CleanNode,
  element,
  ROOT,
  serialiseTree,
  text,
} from '../../lib/sources/clean-tree';
import { normaliseTree } from '../../lib/sources/normalise-tree';
import { shapeTree } from '../../lib/sources/shape-tree';
import {
  CLEAN_LIMITS,
  isElement,
  PAGE_LIMITS,
  type PageElement,
  type PageNode,
  parseInner,
} from './parse-page';

const KEPT = new Set(ALLOWED_TAGS);
/** Known to the shaping of the tree, though never in what is stored. */
const SHAPED = [...WRAPPER_TAGS, 'q'].filter((name) => name !== 'html' && name !== 'body');

const options: sanitizeHtml.IOptions = {
  allowedTags: [...ALLOWED_TAGS, ...SHAPED],
  allowedAttributes: {
    '*': ['lang', 'dir'],
    a: ['href'],
    ol: ['start'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan', 'scope'],
  },
  allowedSchemes: ['http', 'https', 'mailto'],
  nonTextTags: [...DROPPED_TAGS],
  enforceHtmlBoundary: false,
};

/** Takes the allowed elements and attributes of a parsed tree, and the children of those that are neither allowed nor dropped. */
function allowed(node: PageNode, base: string | null): CleanNode[] {
  if (node.nodeName === '#text' && 'value' in node) return [text(node.value)];
  if (!isElement(node)) return [];
  if (node.namespaceURI !== html5.NS.HTML || DROPPED_TAGS.has(node.tagName)) return [];
  const children = node.childNodes.flatMap((child) => allowed(child, base));
  if (!KEPT.has(node.tagName) && !SHAPED.includes(node.tagName)) return children;
  return [element(node.tagName, children, attributesOf(node, base))];
}

function attributesOf(node: PageElement, base: string | null): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const { name, value } of node.attrs) {
    if (name === 'href' && node.tagName === 'a') {
      const address = linkAddress(value, base);
      if (address !== null) Object.assign(kept, { href: address, rel: LINK_REL });
    } else if (name !== 'rel' && isAllowedAttribute(node.tagName, name, value)) {
      kept[name] = value;
    }
  }
  return kept;
}

/**
 * Parses html that `cleanHtml` made, as a browser does for `innerHTML`, keeping what the allow-list names.
 * The canonical text of the result is that of the stored html.
 */
export function parseClean(html: string, base: string | null = null): CleanElement {
  return element(
    ROOT,
    parseInner(html, CLEAN_LIMITS).childNodes.flatMap((child) => allowed(child, base)),
  );
}

/** Rounds of writing and parsing again after which a tree is taken to be one the HTML parser cannot build. */
const ROUNDS = 8;

/** Paragraphs of the tree's text alone: the way out for a tree that changes each time it is parsed. */
function plain(tree: CleanElement): CleanElement {
  const lines = canonicalText(tree).text.split(/\n+/);
  return normaliseTree(
    element(
      ROOT,
      lines.map((line) => element('p', [text(line)])),
    ),
  );
}

/**
 * Shapes, normalises and writes a tree such that parsing what was written gives the same tree: the property that every
 * offset of an annotation rests on.
 */
export function settle(tree: CleanElement): { html: string; text: string } {
  let current = normaliseTree(shapeTree(tree));
  let html = serialiseTree(current);
  for (let round = 0; round < ROUNDS; round += 1) {
    const again = normaliseTree(shapeTree(parseClean(html)));
    const next = serialiseTree(again);
    const exact = serialiseTree(parseClean(next)) === next;
    if (next === html && exact) return { html, text: canonicalText(again).text };
    current = again;
    html = next;
  }
  const last = plain(current);
  return { html: serialiseTree(last), text: canonicalText(last).text };
}

/**
 * Makes untrusted html fit to be stored and shown: only what the allow-list names, links resolved against `base` (the
 * page's address), white space as a browser shows it. `text` is the canonical text of `html`.
 * @throws AppError `invalid` when the html is larger or deeper than the limits.
 */
export function cleanHtml(
  source: string,
  base: string | null,
  limits: typeof PAGE_LIMITS | typeof CLEAN_LIMITS = PAGE_LIMITS,
): { html: string; text: string } {
  parseInner(source, limits); // the limits, before anything slower sees it
  const tree = parseClean(sanitizeHtml(source, options), base);
  return settle(tree);
}
