import type { Editor } from '@tiptap/core';
import type { EditorState } from '@tiptap/pm/state';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from '@tiptap/y-tiptap';
import { ThreadMark } from '@/lib/notes/editor-schema';
import { THREAD_MARK } from '@/lib/notes/note-content';
import { readSelection } from '../read-selection';

/** How the discussions a note points to stand; a pointer to one that is not known here looks like plain text. */
export type ThreadStates = ReadonlyMap<string, 'open' | 'resolved'>;
type Shown = { readonly states: ThreadStates; readonly current: string | null };

const NOTHING: Shown = { states: new Map(), current: null };
const key = new PluginKey<{ shown: Shown; decorations: DecorationSet }>('threadMarks');

type Options = {
  /** Somebody went to a passage that is discussed. */
  onThread: (threadId: string) => void;
  /** Somebody wants to discuss what is selected. */
  onComment: () => void;
};

/** The pointers to discussions as the page shows them: open ones stand out, resolved ones are faint. */
export const ShownThreadMark = ThreadMark.extend<Options>({
  addOptions() {
    return { onThread: () => undefined, onComment: () => undefined };
  },
  addKeyboardShortcuts() {
    return {
      'Mod-Alt-m': () => {
        this.options.onComment();
        return true;
      },
    };
  },
  addProseMirrorPlugins() {
    const { onThread } = this.options;
    return [
      new Plugin({
        key,
        state: {
          init: (_, state) => ({ shown: NOTHING, decorations: decorate(state, NOTHING) }),
          apply(tr, before, _, state) {
            const told = tr.getMeta(key) as Shown | undefined;
            if (told === undefined && !tr.docChanged) return before;
            const shown = told ?? before.shown;
            return { shown, decorations: decorate(state, shown) };
          },
        },
        props: {
          decorations: (state) => key.getState(state)?.decorations,
          handleClick: (view, at, event) => {
            if (event.button !== 0 || event.shiftKey) return false;
            const { states } = key.getState(view.state)?.shown ?? NOTHING;
            const threadId = threadsAt(view.state, at).find((id) => states.has(id));
            if (threadId !== undefined) onThread(threadId);
            // The caret still goes there: whoever writes is not kept from it.
            return false;
          },
        },
      }),
    ];
  },
});

function decorate(state: EditorState, { states, current }: Shown): DecorationSet {
  const decorations: Decoration[] = [];
  state.doc.descendants((node, at) => {
    for (const mark of node.marks) {
      const id = idOf(mark);
      const standing = id === null ? undefined : states.get(id);
      if (standing === undefined) continue;
      const name = `note-discussed is-${standing}${id === current ? ' is-current' : ''}`;
      decorations.push(Decoration.inline(at, at + node.nodeSize, { class: name }));
    }
  });
  return DecorationSet.create(state.doc, decorations);
}

function idOf(mark: { type: { name: string }; attrs: Record<string, unknown> }): string | null {
  const id: unknown = mark.type.name === THREAD_MARK ? mark.attrs.threadId : null;
  return typeof id === 'string' ? id : null;
}

/** The discussions of the words at a place, the innermost first. */
function threadsAt(state: EditorState, at: number): string[] {
  const place = state.doc.resolve(at);
  const marks = [...(place.nodeAfter?.marks ?? []), ...(place.nodeBefore?.marks ?? [])];
  return [...new Set(marks.flatMap((mark) => idOf(mark) ?? []))].reverse();
}

/** Says how the discussions stand, and which one is looked at. */
export function showThreads(editor: Editor, shown: Shown): void {
  if (!editor.isDestroyed) editor.view.dispatch(editor.state.tr.setMeta(key, shown));
}

/** The discussions that the text points to now. */
export function threadsInText(state: EditorState): string[] {
  const ids = new Set<string>();
  state.doc.descendants((node) => {
    for (const mark of node.marks) {
      const id = idOf(mark);
      if (id !== null) ids.add(id);
    }
  });
  return [...ids];
}

/** Scrolls to the first words of a discussion. Returns whether the text has any. */
export function goToThread(editor: Editor, threadId: string): boolean {
  let found: number | null = null;
  editor.state.doc.descendants((node, at) => {
    if (found === null && node.marks.some((mark) => idOf(mark) === threadId)) found = at;
  });
  if (found === null) return false;
  const { node } = editor.view.domAtPos(found + 1);
  (node instanceof Element ? node : node.parentElement)?.scrollIntoView({ block: 'center' });
  return true;
}

/** A passage that keeps its place while others write. */
export type Passage = { readonly words: string; readonly from: unknown; readonly to: unknown };

/** The selected words; `null` where none are. */
export function selectedPassage(editor: Editor): Passage | null {
  // The key may come before the browser has told of the selection.
  readSelection(editor);
  const { from, to } = editor.state.selection;
  const words = editor.state.doc.textBetween(from, to, '\n', ' ').trim();
  const sync = ySyncPluginKey.getState(editor.state);
  if (words === '' || sync === undefined) return null;
  const place = (at: number) => absolutePositionToRelativePosition(at, sync.type, sync.binding.mapping);
  return { words: words.slice(0, 2_000), from: place(from), to: place(to) };
}

/** Points from a passage to its discussion. Undoing what was typed does not take the pointer away. */
export function pointToThread(editor: Editor, { from, to }: Passage, threadId: string): void {
  const sync = ySyncPluginKey.getState(editor.state);
  if (sync === undefined || editor.isDestroyed) return;
  const place = (at: unknown) =>
    relativePositionToAbsolutePosition(sync.doc, sync.type, at, sync.binding.mapping);
  const [start, end] = [place(from), place(to)];
  const type = editor.schema.marks[THREAD_MARK];
  if (start === null || end === null || end <= start || type === undefined) return;
  const tr = editor.state.tr.addMark(start, end, type.create({ threadId }));
  editor.view.dispatch(tr.setMeta('addToHistory', false));
}
