import type { Span } from '@/lib/anchoring/describe';
import { type CanonicalText, canonicalText, pointAt } from '@/lib/sources/canonical-text';
import { type Block, blocksOf } from './blocks';

/**
 * The exact map between an article's DOM and its canonical text (UTF-16 units). The walk happens at the first question;
 * the article must not change afterwards: a changed article needs a new map.
 */
export class TextMap {
  readonly root: HTMLElement;
  readonly #walk: () => CanonicalText<Node>;
  #canonical: CanonicalText<Node> | undefined;
  #starts: Map<Node, number> | undefined;
  #blocks: Block[] | undefined;

  /** `walk` where the text nodes are not those of an article, but of its pages; they stand in the order of the text. */
  constructor(root: HTMLElement, walk: () => CanonicalText<Node> = () => canonicalText<Node>(root)) {
    this.root = root;
    this.#walk = walk;
  }

  get #walked(): CanonicalText<Node> {
    this.#canonical ??= this.#walk();
    return this.#canonical;
  }

  get text(): string {
    return this.#walked.text;
  }

  get blocks(): readonly Block[] {
    this.#blocks ??= blocksOf(this.root, this.#walked.pieces);
    return this.#blocks;
  }

  /**
   * The offset of a DOM point, also of one in an element or outside the article (clamped into it). A point between two
   * texts counts as the start of the later one, or with `side` "end" as the end of the earlier one.
   */
  offsetOf(node: Node, index: number, side: 'start' | 'end' = 'start'): number {
    this.#starts ??= new Map(this.#walked.pieces.map((piece) => [piece.node, piece.start]));
    const start = this.#starts.get(node);
    if (start !== undefined) return start + Math.min(Math.max(index, 0), (node as Text).length);
    const { pieces, text } = this.#walked;
    const point = document.createRange();
    point.setStart(node, index);
    let low = 0;
    let high = pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const piece = pieces[middle] as (typeof pieces)[number];
      if (point.comparePoint(piece.node, 0) < 0) low = middle + 1;
      else high = middle;
    }
    if (side === 'end') return low === 0 ? 0 : (pieces[low - 1]?.end ?? 0);
    return pieces[low]?.start ?? text.length;
  }

  /** The DOM points of a Span: a start is put before the text that follows, an end after the text before it. */
  pointsOf(span: Span): { start: { node: Node; index: number }; end: { node: Node; index: number } } {
    const start = pointAt(this.#walked, span.start, 'start');
    const end = pointAt(this.#walked, span.end, 'end');
    if (start === null || end === null)
      return { start: { node: this.root, index: 0 }, end: { node: this.root, index: 0 } };
    // A span inside a separator (two units at most) holds no text: its end would come before its start.
    const inverted =
      span.end - span.start <= 2 &&
      this.offsetOf(end.node, end.index) < this.offsetOf(start.node, start.index);
    return { start, end: inverted ? start : end };
  }

  /** The Span as a StaticRange: costs the DOM nothing when it changes. */
  rangeOf(span: Span): StaticRange {
    const { start, end } = this.pointsOf(span);
    return new StaticRange({
      startContainer: start.node,
      startOffset: start.index,
      endContainer: end.node,
      endOffset: end.index,
    });
  }

  /** The Span as a live Range, for its rectangles. */
  domRangeOf(span: Span): Range {
    const { start, end } = this.pointsOf(span);
    const range = document.createRange();
    range.setStart(start.node, start.index);
    range.setEnd(end.node, end.index);
    return range;
  }
}
