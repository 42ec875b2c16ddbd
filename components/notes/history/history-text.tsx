'use client';
import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import type { DecorationSet } from '@tiptap/pm/view';
import { Editor } from '@tiptap/react';
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef } from 'react';
import { noteSchemaExtensions } from '@/lib/notes/editor-schema';
import { ShownQuoteChip } from '../chip-node';
import type { ChipFacts, ChipSource } from '../chip-source';
import { ShownReference } from '../reference-node';
import { useThings } from '../use-things';
import './history.css';

const painted = new PluginKey<DecorationSet>('history');

/** Paints over a text what is handed to it; nothing else changes. */
const Painting = Extension.create({
  name: 'historyPainting',
  addProseMirrorPlugins() {
    return [
      new Plugin<DecorationSet | null>({
        key: painted,
        state: {
          init: () => null,
          apply: (tr, before) => (tr.getMeta(painted) as DecorationSet | null | undefined) ?? before,
        },
        props: { decorations: (state) => painted.getState(state) },
      }),
    ];
  },
});

/** Leads the keyboard to painted places. */
export type Steps = {
  /** Goes to the next (1) or previous (-1) place that this selects, and answers which it is and of how many. */
  go(selector: string, by: 1 | -1): { at: number; of: number; words: string } | null;
};

/** A state of a note to read: the note's own styles and chips, and nothing to type into. */
export function HistoryText({
  doc,
  paint,
  chips,
  label,
  onShow,
  steps,
}: {
  doc: Node;
  paint: DecorationSet;
  chips: ChipSource;
  label: string;
  onShow: (facts: ChipFacts) => void;
  steps?: Ref<Steps>;
}) {
  const things = useThings();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | null>(null);
  const show = useEffectEvent(onShow);
  const name = useEffectEvent(() => label);
  const paintNow = useEffectEvent((view: Editor) => {
    view.view.dispatch(view.state.tr.setMeta(painted, paint).setMeta('addToHistory', false));
  });

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const made = new Editor({
      element,
      editable: false,
      injectCSS: false,
      content: doc.toJSON(),
      extensions: [
        ...noteSchemaExtensions().map((extension) =>
          extension.name === 'quoteChip'
            ? ShownQuoteChip.configure({ source: chips, onShow: (facts: ChipFacts) => show(facts) })
            : extension.name === 'reference'
              ? ShownReference.configure({ things })
              : extension,
        ),
        Painting,
      ],
      editorProps: {
        attributes: {
          class: 'prose note-text history-text',
          role: 'document',
          'aria-label': name(),
          tabindex: '0',
        },
      },
    });
    editor.current = made;
    paintNow(made);
    return () => {
      editor.current = null;
      made.destroy();
    };
  }, [doc, chips, things]);
  useEffect(() => {
    if (editor.current !== null && paint) paintNow(editor.current);
  }, [paint]);

  useImperativeHandle(steps, () => ({
    go(selector, by) {
      const places = [...(host.current?.querySelectorAll<HTMLElement>(selector) ?? [])].filter(
        // A stretch that is cut in pieces, by a bold word for example, is one step.
        (place, index, all) => index === 0 || all[index - 1]?.dataset.step !== place.dataset.step,
      );
      if (places.length === 0) return null;
      const now = places.indexOf(document.activeElement as HTMLElement);
      const at = now < 0 ? (by === 1 ? 0 : places.length - 1) : (now + by + places.length) % places.length;
      const place = places[at] as HTMLElement;
      place.focus({ preventScroll: true });
      place.scrollIntoView({ block: 'center' });
      return { at: at + 1, of: places.length, words: place.textContent ?? '' };
    },
  }));

  return <div ref={host} className="history-host" />;
}
