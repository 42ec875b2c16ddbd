import { VOID_TAGS } from './allow-list';
import { isBlock } from './canonical-text';
import { type CleanElement, type CleanNode, type CleanText, element, text } from './clean-tree';

/** What an HTML parser cannot give back (NUL, CR) or a reader cannot see: the C0 and C1 controls but tab and line end. */
const CONTROLS = /[^\P{Cc}\t\n\f]/gu;
const SPACES = /[ \t\n\r\f]+/g;
const CJK = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Bopomofo}\u3000-\u303f\uff00-\uffef]$/u;
const TABLE_PARTS = new Set(['caption', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th']);

function isBlockNode(node: CleanNode): boolean {
  return node.nodeType === 1 && isBlock(node.nodeName.toUpperCase());
}

/** Collapses white space as CSS Text 3 (4.1) does for `white-space: normal`: a line end between CJK letters is nothing. */
function collapse(data: string): string {
  return data.replace(SPACES, (run, at: number) => {
    if (!run.includes('\n') || at === 0) return ' ';
    const before = data.codePointAt(at - 1) as number;
    const after = data.codePointAt(at + run.length);
    if (after === undefined) return ' ';
    return CJK.test(String.fromCodePoint(before)) && CJK.test(String.fromCodePoint(after)) ? '' : ' ';
  });
}

function merge(nodes: readonly CleanNode[]): CleanNode[] {
  const out: CleanNode[] = [];
  for (const node of nodes) {
    const last = out.at(-1);
    if (node.nodeType === 3 && last?.nodeType === 3) out[out.length - 1] = text(last.data + node.data);
    else out.push(node);
  }
  return out;
}

/** A copy with adjacent texts joined and unprintable characters gone, so that the walk below may write to it. */
function copy(node: CleanElement): CleanElement {
  const children = node.childNodes.map((child) =>
    child.nodeType === 3
      ? text(child.data.toWellFormed().replace(/\r\n?/g, '\n').replace(CONTROLS, ''))
      : copy(child),
  );
  return element(node.nodeName, merge(children), node.attributes);
}

/** The line being filled: where it ends now, and the text node whose last character is a space that may yet go. */
class Line {
  private spaced: CleanText | null = null;
  private empty = true;

  end(): void {
    if (this.spaced !== null) this.spaced.data = this.spaced.data.slice(0, -1);
    this.spaced = null;
    this.empty = true;
  }

  add(node: CleanText): void {
    const collapsed = collapse(node.data);
    const strip = collapsed.startsWith(' ') && (this.empty || this.spaced !== null);
    node.data = strip ? collapsed.slice(1) : collapsed;
    if (node.data === '') return;
    this.empty = false;
    this.spaced = node.data.endsWith(' ') ? node : null;
  }
}

function collapseSpaces(root: CleanElement): void {
  const line = new Line();
  const walk = (node: CleanElement): void => {
    for (const child of node.childNodes) {
      if (child.nodeType === 3) {
        line.add(child);
        continue;
      }
      const breaks = isBlockNode(child) || child.nodeName === 'br';
      if (breaks) line.end();
      if (child.nodeName !== 'pre') walk(child);
      if (breaks) line.end();
    }
  };
  walk(root);
  line.end();
}

/** Whether there is something to see: a paragraph of no-break spaces only makes room. */
function holdsText(node: CleanNode): boolean {
  return node.nodeType === 3 ? /[^\s\u200b\ufeff]/.test(node.data) : node.childNodes.some(holdsText);
}

/** Takes line breaks at the edges of a block away: they show nothing. */
function trimBreaks(nodes: CleanNode[]): CleanNode[] {
  const isBreak = (node: CleanNode | undefined) => node?.nodeName === 'br';
  let start = 0;
  let end = nodes.length;
  while (start < end && isBreak(nodes[start])) start += 1;
  while (end > start && isBreak(nodes[end - 1])) end -= 1;
  return nodes.slice(start, end);
}

function prune(node: CleanElement, inPre: boolean): CleanElement {
  const kept = node.childNodes.flatMap((child): CleanNode[] => {
    if (child.nodeType === 3) return child.data === '' ? [] : [child];
    if (VOID_TAGS.has(child.nodeName)) return [element(child.nodeName, [], child.attributes)];
    const pruned = prune(child, inPre || child.nodeName === 'pre');
    if (holdsText(pruned) || TABLE_PARTS.has(child.nodeName)) return [pruned];
    // What is inline may be the only space between two words, and in a `pre` everything counts: only the element goes.
    return inPre || !isBlockNode(child) ? pruned.childNodes : [];
  });
  const merged = merge(isBlockNode(node) || node.nodeName.startsWith('#') ? trimBreaks(kept) : kept);
  const [first, ...others] = merged;
  // The parser eats a line end that follows `<pre>`, and browsers do not write it back: it cannot be kept.
  if (node.nodeName === 'pre' && first?.nodeType === 3) {
    const data = first.data.replace(/^\n+/, '');
    return element(node.nodeName, data === '' ? others : [text(data), ...others], node.attributes);
  }
  return element(node.nodeName, merged, node.attributes);
}

/**
 * An article's tree as a browser would show it: white space collapsed and taken from the edges of lines (`pre` keeps
 * it), controls and lone surrogates gone, adjacent texts joined, elements without text removed. After it every text
 * node stands in the canonical text letter for letter.
 */
export function normaliseTree(root: CleanElement): CleanElement {
  const tree = copy(root);
  collapseSpaces(tree);
  return prune(tree, false);
}
