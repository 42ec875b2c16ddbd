import type { Span } from '@/lib/anchoring/describe';
import { canonicalText } from '@/lib/sources/canonical-text';

/**
 * Puts protected passages (UTF-16 units of the article's text) into elements of their own, before the article is mapped: bars where
 * the reader may not read them, an outline where they may. The text stays as it is. A passage says what it is once.
 */
export function showProtected(
  article: HTMLElement,
  { spans, isRedacted }: { readonly spans: readonly Span[]; readonly isRedacted: boolean },
): void {
  if (spans.length === 0) return;
  // From the last one on: what stands before keeps its place.
  for (const span of spans.toSorted((one, other) => other.start - one.start)) {
    const touched = canonicalText<Node>(article).pieces.filter(
      (piece) => piece.node instanceof Text && piece.start < span.end && piece.end > span.start,
    );
    for (const [nth, { node, start }] of touched.entries()) {
      const text = node as Text;
      const from = Math.max(0, span.start - start);
      const length = Math.min(text.length, span.end - start) - from;
      const part = from > 0 ? text.splitText(from) : text;
      if (length < part.length) part.splitText(length);
      part.before(elementFor(isRedacted, nth === 0));
      part.previousSibling?.appendChild(part);
    }
  }
}

function elementFor(isRedacted: boolean, isFirst: boolean): HTMLElement {
  const element = document.createElement('span');
  element.className = isRedacted ? 'blacked-out' : 'protected-passage';
  if (!isRedacted) element.title = 'Protected passage: only owners and the people named read it';
  else if (isFirst) {
    element.setAttribute('role', 'img');
    element.setAttribute('aria-label', 'Protected passage');
  } else element.setAttribute('aria-hidden', 'true');
  return element;
}
