import type { Span } from '@/lib/anchoring/describe';
import { trimSpan } from '@/lib/annotations/trim-span';
import type { TextMap } from './text-map';

/**
 * The Span of what is selected, or `null` when no letter of the article is. Direction is no matter, a selection that
 * leaves the article is cut to it, white space at both ends is left out, and no character is split.
 */
export function spanOfSelection(selection: Selection | null, map: TextMap): Span | null {
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(map.root)) return null;
  return trimSpan(map.text, {
    start: map.offsetOf(range.startContainer, range.startOffset, 'start'),
    end: map.offsetOf(range.endContainer, range.endOffset, 'end'),
  });
}

/** Selects a Span in the page, as if dragged over. */
export function selectSpan(span: Span, map: TextMap): void {
  const { start, end } = map.pointsOf(span);
  document.getSelection()?.setBaseAndExtent(start.node, start.index, end.node, end.index);
}
