import type { Editor } from '@tiptap/core';
import { useCallback, useRef, useSyncExternalStore } from 'react';

/** A value read from the editor, read again after each transaction; equal values (as JSON) are the same. */
export function useEditorState<T>(editor: Editor, read: (editor: Editor) => T): T {
  const last = useRef<{ json: string; value: T } | null>(null);
  const subscribe = useCallback(
    (listener: () => void) => {
      editor.on('transaction', listener);
      editor.on('update', listener);
      return () => {
        editor.off('transaction', listener);
        editor.off('update', listener);
      };
    },
    [editor],
  );
  const snapshot = () => {
    if (editor.isDestroyed && last.current) return last.current.value;
    const value = read(editor);
    const json = JSON.stringify(value) ?? '';
    if (last.current?.json !== json) last.current = { json, value };
    return last.current.value;
  };
  return useSyncExternalStore(subscribe, snapshot, snapshot);
}
