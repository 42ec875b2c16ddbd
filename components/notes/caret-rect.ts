import type { Editor } from '@tiptap/core';

/** The element of the whole note around its text. */
export function noteElement(editor: Editor): Element {
  return editor.view.dom.closest('.note') ?? document.body;
}

/** Where a position of the document stands in the window, or null when it is not drawn. */
export function caretRect(editor: Editor, pos: number): DOMRect | null {
  if (editor.isDestroyed) return null;
  const { left, top, bottom } = editor.view.coordsAtPos(Math.min(pos, editor.state.doc.content.size));
  return new DOMRect(left, top, 0, bottom - top);
}
