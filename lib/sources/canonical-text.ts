/**
 * The canonical text of a clean article, and the exact map between it and the article's tree.
 *
 * Clean html is whitespace-normalised at import (`normaliseTree`), so that every text node's data stands in the
 * canonical text letter for letter. Between text nodes stand only separators that no node holds: two line ends between
 * blocks, one between lines, a tab between cells. The same walk runs on the server's tree and on the browser's DOM.
 */

/** The little of a DOM node that the walk needs: browser nodes and linkedom nodes both are one. */
export type TreeNode = {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly childNodes: ArrayLike<TreeNode>;
  /** The characters of a text node. */
  readonly data?: string;
};

const ELEMENT = 1;
const TEXT = 3;

/** Elements that stand on lines of their own; a paragraph's space goes around them. */
const BLOCKS = new Set(
  (
    'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CAPTION DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 ' +
    'HEADER HGROUP HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL'
  ).split(' '),
);
const LINES = new Set(['LI', 'TR', 'DD', 'DT', 'THEAD', 'TBODY', 'TFOOT', 'UL', 'OL', 'DL']);
const CELLS = new Set(['TD', 'TH']);

/** Whether an element of this (upper case) name is a block for the canonical text. */
export function isBlock(name: string): boolean {
  return BLOCKS.has(name);
}

const rank = { '': 0, '\t': 1, '\n': 2, '\n\n': 3 } as const;
type Separator = keyof typeof rank;

function separatorOf(name: string): Separator {
  if (CELLS.has(name)) return '\t';
  if (LINES.has(name)) return '\n';
  return '\n\n';
}

/** A text node (or a `br`) and where it stands in the canonical text, in UTF-16 units. */
export type Piece<N extends TreeNode = TreeNode> = {
  readonly node: N;
  readonly start: number;
  readonly end: number;
};

export type CanonicalText<N extends TreeNode = TreeNode> = {
  readonly text: string;
  /** Text nodes in order; empty ones are left out. Gaps between pieces are separators. */
  readonly pieces: readonly Piece<N>[];
};

/** Walks a clean tree and gives its canonical text with the place of each text node (UTF-16 units). Iterative: depth is no limit. */
export function canonicalText<N extends TreeNode>(root: N): CanonicalText<N> {
  const pieces: Piece<N>[] = [];
  const parts: string[] = [];
  let length = 0;
  let waiting = '' as Separator;
  const separate = (separator: Separator) => {
    if (rank[separator] > rank[waiting]) waiting = separator;
  };
  const stack: { node: N; next: number }[] = [{ node: root, next: 0 }];
  while (stack.length > 0) {
    const top = stack[stack.length - 1] as { node: N; next: number };
    const child = top.node.childNodes[top.next] as N | undefined;
    if (child === undefined) {
      stack.pop();
      if (stack.length > 0 && BLOCKS.has(top.node.nodeName.toUpperCase()))
        separate(separatorOf(top.node.nodeName.toUpperCase()));
      continue;
    }
    top.next += 1;
    if (child.nodeType === TEXT) {
      const data = child.data ?? '';
      if (data === '') continue;
      if (waiting !== '' && length > 0) {
        parts.push(waiting);
        length += waiting.length;
      }
      waiting = '';
      pieces.push({ node: child, start: length, end: length + data.length });
      parts.push(data);
      length += data.length;
    } else if (child.nodeType === ELEMENT) {
      const name = child.nodeName.toUpperCase();
      if (name === 'BR') {
        separate('\n');
        continue;
      }
      if (BLOCKS.has(name)) separate(separatorOf(name));
      stack.push({ node: child, next: 0 });
    }
  }
  return { text: parts.join(''), pieces };
}

/** The index of the last piece that starts at or before the offset; -1 when there is none. Logarithmic. */
export function pieceAt(pieces: readonly Piece[], offset: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle] as Piece).start <= offset) low = middle + 1;
    else high = middle - 1;
  }
  return high;
}

/**
 * Where a canonical offset stands in the tree: a text node and an index in it, in UTF-16 units.
 * An offset inside a separator goes to the next text as a `start`, to the text before it as an `end`.
 * `null` only when the tree has no text.
 */
export function pointAt<N extends TreeNode>(
  canonical: CanonicalText<N>,
  offset: number,
  side: 'start' | 'end',
): { node: N; index: number } | null {
  const { pieces } = canonical;
  if (pieces.length === 0) return null;
  let at = Math.max(0, pieceAt(pieces, offset));
  const found = pieces[at] as Piece<N>;
  if (side === 'end' && offset <= found.start && at > 0) at -= 1;
  else if (side === 'start' && offset >= found.end && at < pieces.length - 1) at += 1;
  const piece = pieces[at] as Piece<N>;
  return { node: piece.node, index: Math.min(Math.max(offset - piece.start, 0), piece.end - piece.start) };
}
