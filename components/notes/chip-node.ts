import type { Editor } from '@tiptap/core';
import { NodeSelection } from '@tiptap/pm/state';
import type { NodeView } from '@tiptap/pm/view';
import { anchoringWords } from '@/lib/annotations/anchoring-words';
import { exactOf } from '@/lib/annotations/span';
import { QuoteChip } from '@/lib/notes/editor-schema';
import { QUOTE_CHIP } from '@/lib/notes/note-content';
import { flat, shorten } from '@/lib/words/shorten';
import type { ChipFacts, ChipSource } from './chip-source';
import { CHIP_KIND, CHIP_LENGTH, chipText, quoted, speakerOf } from './chip-words';

type Options = {
  source: ChipSource | null;
  /** Shows the passage behind a chip. */
  onShow: (facts: ChipFacts) => void;
};

/** The quote chip as the page shows it: the annotation's words, who said them and what kind of mark it is. */
export const ShownQuoteChip = QuoteChip.extend<Options>({
  addOptions() {
    return { source: null, onShow: () => undefined };
  },

  renderText({ node }) {
    const annotation = this.options.source?.look(idOf(node.attrs)).annotation;
    return annotation ? chipText(annotation) : '';
  },

  renderHTML({ node, HTMLAttributes }) {
    const annotation = this.options.source?.look(idOf(node.attrs)).annotation;
    return ['span', { 'data-quote-chip': '', ...HTMLAttributes }, annotation ? chipText(annotation) : ''];
  },

  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => {
        const { selection } = editor.state;
        if (!(selection instanceof NodeSelection) || selection.node.type.name !== QUOTE_CHIP) return false;
        const facts = this.options.source?.look(idOf(selection.node.attrs));
        if (facts) this.options.onShow(facts);
        return true;
      },
    };
  },

  addNodeView() {
    return ({ node, editor, getPos }) => {
      const { source, onShow } = this.options;
      return chipView(idOf(node.attrs), source, onShow, { editor, getPos });
    };
  },
});

const idOf = (attrs: Record<string, unknown>) => String(attrs.annotationId ?? '');

/** In plain DOM: a note may hold hundreds, and none of them needs a React tree. */
function chipView(
  annotationId: string,
  source: ChipSource | null,
  onShow: (facts: ChipFacts) => void,
  place: { editor: Editor; getPos: () => number | undefined },
): NodeView {
  const dom = document.createElement('span');
  dom.className = 'quote-chip';
  dom.dataset.annotationId = annotationId;
  const face = document.createElement('span');
  face.className = 'quote-chip-face';
  face.tabIndex = 0;
  face.setAttribute('role', 'button');
  dom.append(face);

  const facts = (): ChipFacts =>
    source?.look(annotationId) ?? { state: 'unavailable', annotation: null, codes: [] };
  const paint = () => paintFace(face, dom, facts());
  const stopWatching = source?.watch(annotationId, paint);
  paint();

  face.addEventListener('click', () => onShow(facts()));
  face.addEventListener('keydown', (event) => {
    const { editor, getPos } = place;
    const pos = getPos();
    if (event.key === 'Enter' || event.key === ' ') onShow(facts());
    else if (pos === undefined || !editor.isEditable) return;
    else if (event.key === 'ArrowLeft') editor.chain().setTextSelection(pos).focus().run();
    else if (event.key === 'ArrowRight')
      editor
        .chain()
        .setTextSelection(pos + 1)
        .focus()
        .run();
    else if (event.key === 'Backspace' || event.key === 'Delete') {
      editor
        .chain()
        .deleteRange({ from: pos, to: pos + 1 })
        .focus(pos)
        .run();
    } else return;
    event.preventDefault();
  });

  return {
    dom,
    update: (next) => next.type.name === QUOTE_CHIP && idOf(next.attrs) === annotationId,
    stopEvent: (event) =>
      event.type === 'click' || (event instanceof KeyboardEvent && document.activeElement === face),
    ignoreMutation: () => true,
    destroy: () => stopWatching?.(),
  };
}

function paintFace(face: HTMLElement, dom: HTMLElement, { state, annotation, codes }: ChipFacts): void {
  dom.dataset.state = state;
  dom.dataset.kind = annotation?.motivation ?? '';
  const words = annotation ? flat(exactOf(annotation)) : '';
  const speaker = annotation ? speakerOf(annotation) : '';
  const kind = annotation ? CHIP_KIND[annotation.motivation] : 'Quote';
  const changed = state === 'here' && annotation ? anchoringWords(annotation) : null;
  const remark = REMARK[state];
  const parts: HTMLElement[] = [];
  const part = (className: string, text: string) => {
    const element = document.createElement('span');
    element.className = className;
    element.textContent = text;
    parts.push(element);
    return element;
  };
  if (annotation) {
    // A quote says what it is by its marks; the other kinds are named.
    if (annotation.motivation !== 'quoting') part('quote-chip-kind', `${kind} `);
    part(
      'quote-chip-words',
      annotation.motivation === 'quoting' ? quoted(shorten(words, CHIP_LENGTH)) : shorten(words, CHIP_LENGTH),
    );
    if (speaker !== '') part('quote-chip-speaker', ` — ${speaker}`);
  }
  if (remark !== '') part('quote-chip-remark', `${annotation ? ' ' : ''}${remark}`);
  else if (codes.length > 0) {
    part('quote-chip-codes', ` · ${codes.map((code) => code.name).join(', ')}`);
  }
  if (changed !== null)
    part('quote-chip-changed', ` · ${changed.charAt(0).toLowerCase()}${changed.slice(1)}`);
  face.replaceChildren(...parts);
  const was = annotation?.anchoring?.was ?? null;
  face.title = annotation ? `${kind}: ${chipText(annotation)}` : remark;
  if (changed !== null && was !== null) face.title += `\nBefore: ${flat(was)}`;
  // The name holds what is seen, word for word: whoever speaks to the page says what stands there.
  const seen = parts.map((element) => element.textContent).join('');
  const says = annotation?.motivation === 'quoting' ? `${kind}: ${seen}` : seen || kind;
  face.setAttribute('aria-label', remark === '' ? `${says}. Show it in its source` : says);
}

const REMARK: Record<ChipFacts['state'], string> = {
  loading: 'Loading…',
  here: '',
  deleted: 'This mark was deleted',
  unavailable: 'This mark is not available',
};
