import { type Editor, Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';

/** The task item that the caret is in, and where its first line ends. */
function taskAt(state: EditorState): { task: Node; end: number } | null {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type.name !== 'taskItem') continue;
    const line = node.firstChild;
    if (line === null || line.textContent.trim() === '') return null;
    return { task: node, end: $from.start(depth) + line.nodeSize - 1 };
  }
  return null;
}

/** The words of a task, without those of the tasks below it. */
const wordsOf = (task: Node): string => task.firstChild?.textContent.trim() ?? '';

/** Follows up the task the caret is in; returns whether there was one. */
function followUp(editor: Editor, onFollowUp: (words: string) => void): boolean {
  const found = editor.isEditable ? taskAt(editor.state) : null;
  if (found === null) return false;
  onFollowUp(wordsOf(found.task));
  return true;
}

/** A button on the task that the caret is in, and a key that does the same, to follow it up. Nothing of it is in the document. */
export const TaskFollowUp = Extension.create<{ onFollowUp: (words: string) => void }>({
  name: 'taskFollowUp',
  addOptions() {
    return { onFollowUp: () => undefined };
  },
  addKeyboardShortcuts() {
    return { 'Mod-Alt-f': () => followUp(this.editor, this.options.onFollowUp) };
  },
  addProseMirrorPlugins() {
    const { editor, options } = this;
    const button = () => {
      const element = document.createElement('button');
      element.type = 'button';
      element.className = 'note-task-follow-up';
      element.contentEditable = 'false';
      element.textContent = 'Follow up';
      element.title = 'Follow up (Ctrl Alt F)';
      // The caret stays where it is.
      element.addEventListener('mousedown', (event) => event.preventDefault());
      element.addEventListener('click', () => followUp(editor, options.onFollowUp));
      return element;
    };
    return [
      new Plugin({
        props: {
          decorations: (state) => {
            const found = editor.isEditable ? taskAt(state) : null;
            if (found === null) return null;
            const widget = Decoration.widget(found.end, button, { side: 1, key: 'task-follow-up' });
            return DecorationSet.create(state.doc, [widget]);
          },
        },
      }),
    ];
  },
});
