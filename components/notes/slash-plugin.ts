import { type Editor, Extension } from '@tiptap/core';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { findItems, type SlashItem } from './slash-items';

/** The `/` menu while it is open; positions are the editor's. */
export type SlashState = {
  readonly from: number;
  readonly to: number;
  readonly query: string;
  readonly index: number;
};

export const SLASH = new PluginKey<SlashState | null>('slash');
/** The listbox the caret's text box points to. */
export const SLASH_LIST = 'note-slash-list';
export const optionId = (id: string) => `${SLASH_LIST}-${id}`;

/** `/` and what follows it up to the caret, at the start of a word; nothing inside code. */
function match(state: EditorState): Omit<SlashState, 'index'> | null {
  const { $from, empty } = state.selection;
  const { parent } = $from;
  if (!empty || !parent.isTextblock || parent.type.spec.code) return null;
  if ($from.marks().some((mark) => mark.type.name === 'code')) return null;
  const before = parent.textBetween(Math.max(0, $from.parentOffset - 40), $from.parentOffset, '\n', '\uFFFC');
  const found = /(?:^|[\s\uFFFC])\/([\p{L}\p{N} -]{0,24})$/u.exec(before);
  if (found === null) return null;
  const query = found[1] ?? '';
  return { from: $from.pos - query.length - 1, to: $from.pos, query };
}

type Meta = { readonly close: true } | { readonly index: number };

function next(tr: Transaction, was: SlashState | null, state: EditorState): SlashState | null {
  const meta = tr.getMeta(SLASH) as Meta | undefined;
  if (meta !== undefined && 'close' in meta) return null;
  if (meta !== undefined) return was && { ...was, index: meta.index };
  if (!tr.docChanged && !tr.selectionSet) return was;
  const now = match(state);
  if (now === null) return null;
  // Opened only by typing the slash here: neither by walking into "and/or" nor by what others write.
  const typed = tr.docChanged && tr.getMeta('y-sync$') === undefined && now.query === '';
  if (was === null) return typed ? { ...now, index: 0 } : null;
  return { ...now, index: was.query === now.query ? was.index : 0 };
}

/** Takes what was typed for the menu away and does what was chosen. */
export function runSlash(editor: Editor, item: SlashItem): void {
  const open = SLASH.getState(editor.state);
  if (open) editor.chain().focus().deleteRange({ from: open.from, to: open.to }).run();
  item.run(editor);
}

/** The `/` menu's state and keys; the page draws it. */
export const SlashMenuKeys = Extension.create<{ items: readonly SlashItem[] }>({
  name: 'slashMenu',
  // Before the editor's own Enter and Tab.
  priority: 1_100,

  addOptions() {
    return { items: [] };
  },

  addProseMirrorPlugins() {
    const { editor } = this;
    const found = (open: SlashState) => findItems(this.options.items, open.query);
    return [
      new Plugin<SlashState | null>({
        key: SLASH,
        state: { init: () => null, apply: (tr, was, _old, state) => next(tr, was, state) },
        props: {
          attributes: (state): Record<string, string> => {
            const open = SLASH.getState(state);
            const item = open && found(open)[open.index];
            return item ? { 'aria-controls': SLASH_LIST, 'aria-activedescendant': optionId(item.id) } : {};
          },
          handleDOMEvents: {
            blur: (view) => {
              if (SLASH.getState(view.state)) view.dispatch(view.state.tr.setMeta(SLASH, { close: true }));
              return false;
            },
          },
          handleKeyDown: (view, event) => {
            const open = SLASH.getState(view.state);
            if (!open || event.isComposing) return false;
            const tell = (meta: Meta) => {
              view.dispatch(view.state.tr.setMeta(SLASH, meta));
              return true;
            };
            if (event.key === 'Escape') return tell({ close: true });
            const items = found(open);
            if (items.length === 0) return false;
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
            if (step !== undefined) return tell({ index: (open.index + step + items.length) % items.length });
            const item = items[open.index];
            if ((event.key !== 'Enter' && event.key !== 'Tab') || item === undefined) return false;
            runSlash(editor, item);
            return true;
          },
        },
      }),
    ];
  },
});
