import type { Editor } from '@tiptap/core';
import type { NodeView } from '@tiptap/pm/view';
import { Reference } from '@/lib/notes/editor-schema';
import { REFERENCE, type ReferenceKind } from '@/lib/notes/note-content';
import { shorten } from '@/lib/words/shorten';
import type { SlashItem } from './slash-items';
import { THING_WORDS, type ThingSource } from './thing-source';

const LABEL_LENGTH = 90;

/** A link to a thing as the page shows it: how the thing is called now, and the status of a claim. */
export const ShownReference = Reference.extend<{ things: ThingSource | null }>({
  addOptions() {
    return { things: null };
  },

  renderText({ node }) {
    return this.options.things?.look(String(node.attrs.kind), String(node.attrs.id)).label ?? '';
  },

  renderHTML({ node, HTMLAttributes }) {
    const label = this.options.things?.look(String(node.attrs.kind), String(node.attrs.id)).label ?? '';
    return ['span', { 'data-reference': '', ...HTMLAttributes }, label];
  },

  addNodeView() {
    return ({ node, editor }) =>
      referenceView(String(node.attrs.kind), String(node.attrs.id), this.options.things, editor);
  },
});

function referenceView(kind: string, id: string, things: ThingSource | null, editor: Editor): NodeView {
  const dom = document.createElement('span');
  dom.className = 'note-reference';
  dom.dataset.kind = kind;
  const paint = () => {
    const facts = things?.look(kind, id) ?? { label: '…', remark: '', href: null, isHere: false };
    const face = document.createElement(facts.href === null ? 'span' : 'a');
    face.className = 'note-reference-face';
    const label = shorten(facts.label, LABEL_LENGTH);
    face.textContent = label;
    face.title = `${THING_WORDS[kind as ReferenceKind] ?? 'Thing'}: ${facts.label}${facts.remark ? ` (${facts.remark})` : ''}`;
    if (face instanceof HTMLAnchorElement && facts.href !== null) face.href = facts.href;
    if (facts.remark !== '') {
      const remark = document.createElement('span');
      remark.className = 'note-reference-remark';
      remark.textContent = ` ${facts.remark}`;
      face.append(remark);
    }
    dom.dataset.state = facts.isHere ? 'here' : 'gone';
    dom.replaceChildren(face);
  };
  const stop = things?.watch(paint);
  paint();
  return {
    dom,
    update: (next) => next.type.name === REFERENCE && next.attrs.kind === kind && next.attrs.id === id,
    // A link is followed; anything else is the editor's.
    stopEvent: (event) => event.type === 'click' && !editor.isDestroyed,
    ignoreMutation: () => true,
    destroy: () => stop?.(),
  };
}

/** What a menu of things offers: each puts a link to one in. */
export function referenceItems(
  things: ThingSource,
  kinds: readonly ReferenceKind[],
  query: string,
): readonly SlashItem[] {
  return things.find(kinds, query).map(({ kind, id, label }) => ({
    id: `${kind}-${id}`,
    label: shorten(label, 70),
    hint: THING_WORDS[kind],
    also: '',
    run: (editor) => {
      editor
        .chain()
        .focus()
        .insertContent([
          { type: REFERENCE, attrs: { kind, id } },
          { type: 'text', text: ' ' },
        ])
        .run();
    },
  }));
}
