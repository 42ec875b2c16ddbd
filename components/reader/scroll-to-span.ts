import type { Span } from '@/lib/anchoring/describe';
import type { Reader } from './article-view';

/** CSS pixels at the top and the bottom of the view where a passage is not well placed. */
const EDGE = 72;

/** Brings a passage into view where it is not there already; a third below the top, so that what leads to it is seen. */
export function scrollToSpan({ map, scroller }: Reader, span: Span): void {
  const passage = map.domRangeOf(span).getBoundingClientRect();
  const view = scroller.getBoundingClientRect();
  if (passage.top >= view.top + EDGE && passage.bottom <= view.bottom - EDGE) return;
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  scroller.scrollTo({
    top: scroller.scrollTop + passage.top - view.top - view.height / 3,
    behavior: calm ? 'auto' : 'smooth',
  });
}

/** The offset of the first line in view, in UTF-16 units: where reading by keys begins. */
export function offsetInView({ map, scroller }: Reader): number {
  const top = scroller.getBoundingClientRect().top + EDGE;
  let low = 0;
  let high = map.blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const block = map.blocks[middle];
    if (block !== undefined && map.domRangeOf(block).getBoundingClientRect().bottom < top) low = middle + 1;
    else high = middle;
  }
  return map.blocks[low]?.start ?? 0;
}
