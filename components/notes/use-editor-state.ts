import type { Editor } from '@tiptap/core';
import { useEditorState as useState } from '@tiptap/react';

/** A value read from the editor, read again after each transaction; equal values are the same. */
export function useEditorState<T>(editor: Editor, read: (editor: Editor) => T): T {
  return useState({ editor, selector: ({ editor: current }) => read(current) });
}
