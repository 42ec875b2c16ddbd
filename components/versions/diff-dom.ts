import type { Difference } from '@/lib/anchoring/differences';
import { canonicalText } from '@/lib/sources/canonical-text';

type Span = { readonly start: number; readonly end: number };
type Piece = { node: Text; start: number; end: number };

/**
 * An article's text nodes by their place in its canonical text (UTF-16 units), which can be cut and wrapped: for a page
 * that shows differences in the text itself. What is put in does not count.
 */
export class DiffDom {
  readonly text: string;
  readonly #pieces: Piece[];

  constructor(root: HTMLElement) {
    const { text, pieces } = canonicalText<Node>(root);
    this.text = text;
    this.#pieces = pieces.map(({ node, start, end }) => ({ node: node as Text, start, end }));
  }

  /** Shows the differences from an older text; answers the elements to step through, in the order of the text. */
  show(differences: readonly Difference[], oldText: string): HTMLElement[] {
    const steps: HTMLElement[] = [];
    let at = 0;
    for (const [index, one] of differences.entries()) {
      if (one.kind === 'removed') {
        const next = differences.slice(index + 1).find((other) => 'new' in other);
        const place = next !== undefined && 'new' in next ? next.new.start : at;
        steps.push(this.#putRemoved(oldText.slice(one.old.start, one.old.end), place, next === undefined));
        continue;
      }
      at = one.new.end;
      if (one.kind === 'same') continue;
      const wrapped = this.#wrap(one.new, one.kind === 'added' ? 'ins' : 'span', `text-${one.kind}`);
      if (one.kind === 'moved') for (const element of wrapped) element.title = 'Moved here';
      if (wrapped[0] !== undefined) steps.push(wrapped[0]);
    }
    return steps;
  }

  /** A passage as ranges of the page as it is now, without what was put in. */
  rangesOf(span: Span): StaticRange[] {
    return this.#within(span).map(
      ({ node, start }) =>
        new StaticRange({
          startContainer: node,
          startOffset: Math.max(0, span.start - start),
          endContainer: node,
          endOffset: Math.min(node.length, span.end - start),
        }),
    );
  }

  #putRemoved(words: string, at: number, isLast: boolean): HTMLElement {
    const element = document.createElement('del');
    element.className = 'text-removed';
    element.textContent = `${words.replace(/\s*\n+\s*/g, ' ¶ ')} `;
    this.#cutAt(at);
    const before = isLast ? undefined : this.#pieces.find((piece) => piece.start >= at);
    const after = this.#pieces.findLast((piece) => piece.end <= at) ?? this.#pieces.at(-1);
    if (before !== undefined) before.node.before(element);
    else after?.node.after(element);
    return element;
  }

  #wrap(span: Span, tag: 'ins' | 'span', className: string): HTMLElement[] {
    this.#cutAt(span.start);
    this.#cutAt(span.end);
    return this.#within(span).map(({ node }) => {
      const element = document.createElement(tag);
      element.className = className;
      node.before(element);
      element.append(node);
      return element;
    });
  }

  #within({ start, end }: Span): Piece[] {
    return this.#pieces.filter((piece) => piece.start < end && piece.end > start);
  }

  #cutAt(at: number): void {
    const index = this.#pieces.findIndex((piece) => piece.start < at && piece.end > at);
    const piece = this.#pieces[index];
    if (piece === undefined) return;
    const node = piece.node.splitText(at - piece.start);
    this.#pieces.splice(index + 1, 0, { node, start: at, end: piece.end });
    piece.end = at;
  }
}
