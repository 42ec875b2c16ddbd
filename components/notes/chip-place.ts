import type { Editor } from '@tiptap/core';
import { Fragment, type Node as ProseMirrorNode } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import { QUOTE_CHIP, REFERENCE } from '@/lib/notes/note-content';

/**
 * Puts a chip at the caret, at the note's end (in a paragraph of its own), or at a position in the document.
 * Where no chip may stand, as in code, it gets a paragraph after that block. Returns its position.
 */
export function insertChip(editor: Editor, annotationId: string, where: 'caret' | 'end' | number): number {
  const { state } = editor;
  const { doc, schema } = state;
  const chip = schema.node(QUOTE_CHIP, { annotationId });
  const paragraph = () => schema.node('paragraph', null, [chip, schema.text(' ')]);
  const { tr } = state;
  let at: number;

  const last = doc.lastChild;
  const end =
    last?.type.name === 'paragraph' && last.content.size === 0 ? doc.content.size - 1 : doc.content.size;
  const $pos = doc.resolve(where === 'end' ? end : where === 'caret' ? state.selection.to : where);
  if ($pos.parent.inlineContent && $pos.parent.canReplaceWith($pos.index(), $pos.index(), chip.type)) {
    const before = $pos.nodeBefore?.isText && !/\s$/u.test($pos.nodeBefore.text ?? '');
    const after = !($pos.nodeAfter?.isText && /^[\s.,;:!?)]/u.test($pos.nodeAfter.text ?? ''));
    const nodes = [...(before ? [schema.text(' ')] : []), chip, ...(after ? [schema.text(' ')] : [])];
    at = $pos.pos + (before ? 1 : 0);
    tr.insert($pos.pos, Fragment.from(nodes));
  } else {
    const block = $pos.parent.inlineContent ? $pos.after() : $pos.pos;
    at = block + 1;
    tr.insert(block, paragraph());
  }
  tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(at + 2, tr.doc.content.size)), -1));
  editor.view.dispatch(tr);
  return at;
}

/** Where the first chip of this annotation stands, or null. */
export const findChip = (editor: Editor, annotationId: string) =>
  find(editor, ({ type, attrs }) => type.name === QUOTE_CHIP && attrs.annotationId === annotationId);

/** Where this person is named last, or null. */
export function findPerson(editor: Editor, personId: string): number | null {
  let last: number | null = null;
  editor.state.doc.descendants(({ type, attrs }, pos) => {
    if (type.name === REFERENCE && attrs.kind === 'person' && attrs.id === personId) last = pos;
  });
  return last;
}

function find(editor: Editor, isIt: (node: ProseMirrorNode) => boolean): number | null {
  let found: number | null = null;
  editor.state.doc.descendants((node, pos) => {
    if (found === null && isIt(node)) found = pos;
    return found === null;
  });
  return found;
}

const FLASH_MS = 1_600;

/** Brings a chip into view and marks it for a moment; with `focus` the keyboard goes there too. */
export function showChip(editor: Editor, pos: number, focus: boolean): void {
  const dom = editor.view.nodeDOM(pos);
  if (!(dom instanceof HTMLElement)) return;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  dom.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' });
  dom.classList.add('is-flashed');
  setTimeout(() => dom.classList.remove('is-flashed'), FLASH_MS);
  if (focus) dom.querySelector<HTMLElement>('.quote-chip-face')?.focus({ preventScroll: true });
}
