import type { Editor } from '@tiptap/core';

/** Writes words at the end of the note, a paragraph for each line, and leads the caret there. */
export function putAtEnd(editor: Editor, words: string): void {
  const lines = words.split('\n').map((text) => ({
    type: 'paragraph',
    content: text === '' ? [] : [{ type: 'text', text }],
  }));
  editor.chain().insertContentAt(editor.state.doc.content.size, lines).focus('end').run();
}
