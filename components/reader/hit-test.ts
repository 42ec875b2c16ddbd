import { characterAt } from '@/lib/annotations/trim-span';
import type { TextMap } from './text-map';

/** CSS pixels a pointer may be off the letters' boxes, as between two lines. */
const SLACK = 4;

function caretAt(x: number, y: number): { node: Node; index: number } | null {
  if (typeof document.caretPositionFromPoint === 'function') {
    const position = document.caretPositionFromPoint(x, y);
    return position === null ? null : { node: position.offsetNode, index: position.offset };
  }
  const range = document.caretRangeFromPoint(x, y);
  return range === null ? null : { node: range.startContainer, index: range.startOffset };
}

/**
 * The offset of the letter under a point of the window (CSS pixels), or `null` where there is none. The browser gives
 * the nearest caret, also from the empty space beside a line, so the letters on both its sides are looked at.
 */
export function offsetAtPoint(map: TextMap, x: number, y: number): number | null {
  const caret = caretAt(x, y);
  if (caret === null || caret.node.nodeType !== Node.TEXT_NODE || !map.root.contains(caret.node)) return null;
  const offset = map.offsetOf(caret.node, caret.index);
  for (const at of [offset, offset - 1]) {
    const character = characterAt(map.text, at);
    if (character === null) continue;
    for (const box of map.domRangeOf(character).getClientRects())
      if (x >= box.left && x <= box.right && y >= box.top - SLACK && y <= box.bottom + SLACK)
        return character.start;
  }
  return null;
}

/** The offset of the caret nearest to a point of the window (CSS pixels); `null` outside the article's text. */
export function nearestOffset(map: TextMap, x: number, y: number): number | null {
  const caret = caretAt(x, y);
  if (caret === null || !map.root.contains(caret.node)) return null;
  return map.offsetOf(caret.node, caret.index);
}
