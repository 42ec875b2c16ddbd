import type { Editor } from '@tiptap/core';
import { yUndoPluginKey } from '@tiptap/y-tiptap';

type Undoing = { undoManager: { clear(): void } };

/**
 * Ends what can be undone in the editor at this point. After a version was brought back, undoing what one typed or
 * deleted before would put words beside the same words again; what was there is a version of its own.
 */
export function stopUndoHere(editor: Editor): void {
  const undoing = yUndoPluginKey.getState(editor.state) as Undoing | undefined;
  undoing?.undoManager.clear();
  // The buttons look again.
  editor.view.dispatch(editor.state.tr.setMeta('addToHistory', false));
}
