import { type Editor, Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { signal } from '../live/signals';
import { type TaskFace, TaskFollowUps } from './task-follow-ups';

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

/** Every task that raised a follow-up, with where its first line ends. */
function raisedIn(doc: Node, followUps: TaskFollowUps): { face: TaskFace; end: number }[] {
  const tasks: { words: string; end: number }[] = [];
  if (followUps.isEmpty()) return [];
  doc.descendants((node, pos) => {
    if (node.type.name !== 'taskItem') return !node.isTextblock;
    tasks.push({ words: wordsOf(node), end: pos + (node.firstChild?.nodeSize ?? 0) });
    return true;
  });
  const faces = followUps.look(tasks.map(({ words }) => words));
  return tasks.flatMap(({ end }, at) => {
    const face = faces[at] ?? null;
    return face === null ? [] : [{ face, end }];
  });
}

function face(words: string, title: string, onPress: () => void): HTMLElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = 'note-task-follow-up';
  element.contentEditable = 'false';
  element.textContent = words;
  element.title = title;
  // The caret stays where it is.
  element.addEventListener('mousedown', (event) => event.preventDefault());
  element.addEventListener('click', onPress);
  return element;
}

/**
 * The follow-up behind a task that raised one; on the task that the caret is in, a button to follow it up, and a key that does
 * the same. Nothing of it is in the document.
 */
export const TaskFollowUp = Extension.create<{
  followUps: TaskFollowUps;
  onFollowUp: (words: string) => void;
}>({
  name: 'taskFollowUp',
  addOptions() {
    return { followUps: new TaskFollowUps(), onFollowUp: () => undefined };
  },
  addKeyboardShortcuts() {
    return { 'Mod-Alt-f': () => followUp(this.editor, this.options.onFollowUp) };
  },
  addProseMirrorPlugins() {
    const { editor, options } = this;
    const { followUps, onFollowUp } = options;
    const offer = () => face('Follow up', 'Follow up (Ctrl Alt F)', () => followUp(editor, onFollowUp));
    return [
      new Plugin({
        props: {
          decorations: (state) => {
            const raised = raisedIn(state.doc, followUps);
            const widgets = raised.map(({ face: { id, words, title }, end }) =>
              Decoration.widget(end, () => face(words, title, () => signal('follow-up.open', { id })), {
                side: 1,
                key: `task-follow-up ${id} ${words}`,
              }),
            );
            const here = editor.isEditable ? taskAt(state) : null;
            if (here !== null && !raised.some(({ end }) => end === here.end))
              widgets.push(Decoration.widget(here.end, offer, { side: 1, key: 'task-follow-up' }));
            return widgets.length === 0 ? null : DecorationSet.create(state.doc, widgets);
          },
        },
        view: (view) => ({ destroy: followUps.watch(() => view.dispatch(view.state.tr)) }),
      }),
    ];
  },
});
