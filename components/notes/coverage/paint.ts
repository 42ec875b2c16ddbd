import type { Editor } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import type { Judged } from '@/lib/coverage/judge';
import { BACKING_WORDS, CONCERN_WORDS } from './coverage-words';

const COVERAGE = new PluginKey<DecorationSet>('coverage');

/** Shows in the text what backs each sentence, until the returned function is called. */
export function startPainting(editor: Editor): () => void {
  editor.registerPlugin(
    new Plugin<DecorationSet>({
      key: COVERAGE,
      state: {
        init: () => DecorationSet.empty,
        // Between two looks, what is painted goes along with the words it lies under.
        apply: (tr, set) =>
          (tr.getMeta(COVERAGE) as DecorationSet | undefined) ?? set.map(tr.mapping, tr.doc),
      },
      props: { decorations: (state) => COVERAGE.getState(state) },
    }),
  );
  return () => {
    if (!editor.isDestroyed) editor.unregisterPlugin(COVERAGE);
  };
}

/** Paints what was found out about the text as it is now. */
export function paintCoverage(editor: Editor, judged: readonly Judged[]): void {
  const { doc, tr } = editor.state;
  const decorations = judged.flatMap(({ statement, backing, concerns, quotations }) => [
    Decoration.inline(statement.from, statement.to, {
      class: 'backed',
      'data-backing': backing,
      title: [
        `${BACKING_WORDS[backing].name}. ${BACKING_WORDS[backing].means}`,
        ...concerns.map((one) => CONCERN_WORDS[one]),
      ].join('\n'),
    }),
    ...quotations
      .filter(({ result }) => result === 'differs')
      .map(({ from, to }) => Decoration.inline(from, to, { class: 'misquoted' })),
  ]);
  editor.view.dispatch(
    tr.setMeta(COVERAGE, DecorationSet.create(doc, decorations)).setMeta('addToHistory', false),
  );
}
