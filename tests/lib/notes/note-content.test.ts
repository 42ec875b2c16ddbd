import { getSchema } from '@tiptap/core';
import { yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { newId } from '@/lib/new-id';
import { noteSchemaExtensions } from '@/lib/notes/editor-schema';
import { buildNote, chipIds, noteText, QUOTE_CHIP } from '@/lib/notes/note-content';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';

function fragmentOf(update: Uint8Array): Y.XmlFragment {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return doc.getXmlFragment(NOTE_FRAGMENT);
}

const [first, second] = [newId(), newId()];
const sample = buildNote([
  { type: 'heading', level: 2, content: ['What is claimed'] },
  {
    type: 'paragraph',
    content: [
      'The report ',
      { text: 'denies', bold: true },
      ' it ',
      { chip: first },
      ', twice ',
      { chip: second },
    ],
  },
  { type: 'paragraph', content: [{ chip: first }] },
  { type: 'paragraph', content: [] },
]);

describe('a note built by hand', () => {
  it('reads as one line per block', () => {
    expect(noteText(fragmentOf(sample))).toBe('What is claimed\nThe report denies it , twice');
  });

  it('names each chip once, in order', () => {
    expect(chipIds(fragmentOf(sample))).toEqual([first, second]);
  });

  it('is what the editor reads, to the node', () => {
    const root = yXmlFragmentToProseMirrorRootNode(fragmentOf(sample), getSchema(noteSchemaExtensions()));
    root.check();
    expect(root.toJSON().content).toEqual([
      { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'What is claimed' }] },
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'The report ' },
          { type: 'text', text: 'denies', marks: [{ type: 'bold' }] },
          { type: 'text', text: ' it ' },
          { type: QUOTE_CHIP, attrs: { annotationId: first } },
          { type: 'text', text: ', twice ' },
          { type: QUOTE_CHIP, attrs: { annotationId: second } },
        ],
      },
      { type: 'paragraph', content: [{ type: QUOTE_CHIP, attrs: { annotationId: first } }] },
      { type: 'paragraph' },
    ]);
  });
});

describe('reading a note', () => {
  function note(fill: (fragment: Y.XmlFragment) => void): Y.XmlFragment {
    const fragment = new Y.Doc().getXmlFragment(NOTE_FRAGMENT);
    fill(fragment);
    return fragment;
  }

  it('of nothing is the empty text', () => {
    expect(noteText(note(() => undefined))).toBe('');
  });

  it('keeps line breaks and leaves out what Postgres can not store', () => {
    const fragment = note((root) => {
      const paragraph = new Y.XmlElement('paragraph');
      root.insert(0, [paragraph]);
      paragraph.insert(0, [
        new Y.XmlText('one'),
        new Y.XmlElement('hardBreak'),
        new Y.XmlText('t\u0000w\to'),
      ]);
    });
    expect(noteText(fragment)).toBe('one\ntw o');
  });

  it('does not descend without end, and passes over chips whose id is none', () => {
    const fragment = note((root) => {
      let inner: Y.XmlFragment = root;
      for (let depth = 0; depth < 500; depth++) {
        const element = new Y.XmlElement('blockquote');
        inner.insert(0, [element]);
        inner = element;
      }
      inner.insert(0, [new Y.XmlText('too deep')]);
      const forged = new Y.XmlElement(QUOTE_CHIP);
      forged.setAttribute('annotationId', "'; drop table notes");
      root.push([forged, new Y.XmlElement(QUOTE_CHIP)]);
    });
    expect(noteText(fragment)).toBe('');
    expect(chipIds(fragment)).toEqual([]);
  });
});
