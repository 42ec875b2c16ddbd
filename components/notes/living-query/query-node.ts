import type { Editor } from '@tiptap/core';
import { LivingQuery } from '@/lib/notes/editor-schema';
import { LIVING_QUERY } from '@/lib/notes/note-content';

/** A living query of the open note, and the place on the page that shows it. */
export type ShownQuery = {
  readonly key: number;
  readonly host: HTMLElement;
  readonly query: string;
  readonly frozenId: string | null;
  /** Changes its attributes in the note, for everybody. */
  readonly change: (attributes: { query?: string; frozenId?: string | null }) => void;
  readonly remove: () => void;
};

/** The living queries of an editor: the page draws each into its place, where React knows the project. */
export class ShownQueries {
  #shown: readonly ShownQuery[] = [];
  #last = 0;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };
  readonly read = (): readonly ShownQuery[] => this.#shown;

  key(): number {
    this.#last += 1;
    return this.#last;
  }

  put(shown: ShownQuery): void {
    this.#shown = [...this.#shown.filter(({ key }) => key !== shown.key), shown].sort(
      (a, b) => a.key - b.key,
    );
    this.#tell();
  }

  take(key: number): void {
    this.#shown = this.#shown.filter((one) => one.key !== key);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** A living query with a place for the page to draw it into. */
export const ShownLivingQuery = LivingQuery.extend<{ queries: ShownQueries | null }>({
  addOptions() {
    return { queries: null };
  },

  addNodeView() {
    return ({ node: first, editor, getPos }) => {
      const { queries } = this.options;
      const host = document.createElement('div');
      host.className = 'living-query';
      host.contentEditable = 'false';
      const key = queries?.key() ?? 0;
      const show = (attrs: Record<string, unknown>) =>
        queries?.put({
          key,
          host,
          query: String(attrs.query ?? ''),
          frozenId: typeof attrs.frozenId === 'string' ? attrs.frozenId : null,
          change: (attributes) => changeAt(editor, getPos(), attributes),
          remove: () => removeAt(editor, getPos()),
        });
      show(first.attrs);
      return {
        dom: host,
        update: (node) => {
          if (node.type.name !== LIVING_QUERY) return false;
          show(node.attrs);
          return true;
        },
        // What is typed and pressed inside is the block's own.
        stopEvent: (event) => event.target !== host && !(event.type === 'dragstart' || event.type === 'drop'),
        ignoreMutation: () => true,
        destroy: () => queries?.take(key),
      };
    };
  },
});

function changeAt(editor: Editor, pos: number | undefined, attributes: Record<string, unknown>): void {
  if (pos === undefined || !editor.isEditable) return;
  const node = editor.state.doc.nodeAt(pos);
  if (node?.type.name !== LIVING_QUERY) return;
  editor.view.dispatch(editor.state.tr.setNodeMarkup(pos, undefined, { ...node.attrs, ...attributes }));
}

function removeAt(editor: Editor, pos: number | undefined): void {
  if (pos === undefined || !editor.isEditable) return;
  editor
    .chain()
    .deleteRange({ from: pos, to: pos + 1 })
    .focus(pos)
    .run();
}
