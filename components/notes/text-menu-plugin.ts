import { type Editor, Extension } from '@tiptap/core';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import type { SlashItem } from './slash-items';

/** A menu in the text while it is open; positions are the editor's. */
export type SlashState = {
  readonly from: number;
  readonly to: number;
  readonly query: string;
  readonly index: number;
};

/** A menu that a sign typed in the text opens, and whose items are found by what is typed behind it. */
export type TextMenu = {
  readonly name: string;
  readonly key: PluginKey<SlashState | null>;
  /** The id of the listbox that the caret's text box points to. */
  readonly list: string;
  readonly label: string;
  readonly sign: string;
  /** The sign and what was typed behind it, as its one group, up to the end. */
  readonly pattern: RegExp;
};

const textMenu = (name: string, label: string, sign: string, pattern: RegExp): TextMenu => ({
  name: `${name}Menu`,
  key: new PluginKey<SlashState | null>(name),
  list: `note-${name}-list`,
  label,
  sign,
  pattern,
});

/** `/` at the start of a word: what to put in. */
export const SLASH = textMenu('slash', 'Insert', '/', /(?:^|[\s\uFFFC])\/([\p{L}\p{N} -]{0,24})$/u);
/** `[[`: a claim, a source or a note to link to. */
export const LINKS = textMenu('links', 'Link to', '[[', /\[\[([^[\]\n]{0,40})$/u);
/** `@` at the start of a word: a person to name. */
export const PEOPLE = textMenu(
  'people',
  'Name somebody',
  '@',
  /(?:^|[\s(\uFFFC])@([\p{L}\p{N} .’'-]{0,30})$/u,
);

export const optionId = (menu: TextMenu, id: string) => `${menu.list}-${id}`;

/** The sign and what follows it up to the caret; nothing inside code. */
function match(state: EditorState, menu: TextMenu): Omit<SlashState, 'index'> | null {
  const { $from, empty } = state.selection;
  const { parent } = $from;
  if (!empty || !parent.isTextblock || parent.type.spec.code) return null;
  if ($from.marks().some((mark) => mark.type.name === 'code')) return null;
  const before = parent.textBetween(Math.max(0, $from.parentOffset - 40), $from.parentOffset, '\n', '\uFFFC');
  const found = menu.pattern.exec(before);
  if (found === null) return null;
  const query = found[1] ?? '';
  return { from: $from.pos - query.length - menu.sign.length, to: $from.pos, query };
}

type Meta = { readonly close: true } | { readonly index: number };

function next(
  menu: TextMenu,
  tr: Transaction,
  was: SlashState | null,
  state: EditorState,
): SlashState | null {
  const meta = tr.getMeta(menu.key) as Meta | undefined;
  if (meta !== undefined && 'close' in meta) return null;
  if (meta !== undefined) return was && { ...was, index: meta.index };
  if (!tr.docChanged && !tr.selectionSet) return was;
  const now = match(state, menu);
  if (now === null) return null;
  // Opened only by typing the sign here: neither by walking into "and/or" nor by what others write.
  const typed = tr.docChanged && tr.getMeta('y-sync$') === undefined && now.query === '';
  if (was === null) return typed ? { ...now, index: 0 } : null;
  return { ...now, index: was.query === now.query ? was.index : 0 };
}

/** Takes what was typed for the menu away and does what was chosen. */
export function runItem(editor: Editor, menu: TextMenu, item: SlashItem): void {
  const open = menu.key.getState(editor.state);
  if (open) editor.chain().focus().deleteRange({ from: open.from, to: open.to }).run();
  item.run(editor);
}

/** The state and keys of a menu in the text; the page draws it. */
export const textMenuKeys = (menu: TextMenu, find: (query: string) => readonly SlashItem[]) =>
  Extension.create({
    name: menu.name,
    // Before the editor's own Enter and Tab.
    priority: 1_100,
    addProseMirrorPlugins() {
      return [menuPlugin(this.editor, menu, find)];
    },
  });

function menuPlugin(editor: Editor, menu: TextMenu, find: (query: string) => readonly SlashItem[]) {
  return new Plugin<SlashState | null>({
    key: menu.key,
    state: { init: () => null, apply: (tr, was, _old, state) => next(menu, tr, was, state) },
    props: {
      attributes: (state): Record<string, string> => {
        const open = menu.key.getState(state);
        const item = open && find(open.query)[open.index];
        return item ? { 'aria-controls': menu.list, 'aria-activedescendant': optionId(menu, item.id) } : {};
      },
      handleDOMEvents: {
        blur: (view) => {
          if (menu.key.getState(view.state)) view.dispatch(view.state.tr.setMeta(menu.key, { close: true }));
          return false;
        },
      },
      handleKeyDown: (view, event) => {
        const open = menu.key.getState(view.state);
        if (!open || event.isComposing) return false;
        const tell = (meta: Meta) => {
          view.dispatch(view.state.tr.setMeta(menu.key, meta));
          return true;
        };
        if (event.key === 'Escape') return tell({ close: true });
        const items = find(open.query);
        if (items.length === 0) return false;
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step !== undefined) return tell({ index: (open.index + step + items.length) % items.length });
        const item = items[open.index];
        if ((event.key !== 'Enter' && event.key !== 'Tab') || item === undefined) return false;
        runItem(editor, menu, item);
        return true;
      },
    },
  });
}
