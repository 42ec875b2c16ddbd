import { type Editor, Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import { yCursorPluginKey } from '@tiptap/y-tiptap';
import type { NoteSession } from './note-session';

/** ProseMirror's reader of what the browser did; it is in no declaration, so it is looked for. */
type Observed = { readonly domObserver?: { flush?(): void } };

/**
 * Reads where the caret stands now. The browser moves it at once and tells of it a moment later; whatever is drawn in
 * between would put it back to where it was.
 */
export function readSelection(editor: Editor): void {
  // News also come to a note whose editor is being taken off the page: it has no view any more.
  if (editor.isDestroyed) return;
  const { view } = editor;
  if (view.hasFocus()) (view as unknown as Observed).domObserver?.flush?.();
}

/** Keeps a jump of the caret, or a selection, that was made right before news of others came in or something was cut. */
export const ReadSelection = Extension.create<{ session: NoteSession | null }>({
  name: 'readSelection',
  addOptions() {
    return { session: null };
  },
  onCreate() {
    const { editor } = this;
    const look = () => readSelection(editor);
    const looks = this.options.session?.beforeNews;
    looks?.add(look);
    editor.on('destroy', () => looks?.delete(look));
  },
  addProseMirrorPlugins() {
    const { editor } = this;
    // With an older selection, an empty one say, the browser would cut by itself, without what our marks say of the words.
    const look = () => {
      readSelection(editor);
      return false;
    };
    return [new Plugin({ props: { handleDOMEvents: { cut: look, copy: look, paste: look } } })];
  },
  dispatchTransaction({ transaction, next }) {
    const carets: unknown = transaction.getMeta(yCursorPluginKey);
    if (carets === undefined || transaction.docChanged || transaction.selectionSet) return next(transaction);
    // Others' carets are drawn: this transaction was begun before the caret was read, and would not know of it.
    const { editor } = this;
    const before = editor.state.selection;
    readSelection(editor);
    if (editor.state.selection.eq(before)) next(transaction);
    else next(editor.state.tr.setMeta(yCursorPluginKey, carets));
  },
});
