import { Fragment, type Node, Slice } from '@tiptap/pm/model';
import { prosemirrorToYDoc } from '@tiptap/y-tiptap';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { cleanSlice } from '@/lib/notes/clean-paste';
import { NOTE_POLICY } from '@/lib/notes/note-policy';
import { UpdateGate } from '@/lib/update-gate/update-gate';
import { noteSchema } from '@/tests/support/gate/tiptap-edits';

const line = noteSchema.node('paragraph', null, [noteSchema.text('words')]);

/** What the gate says to a new note that holds just this. */
function judge(node: Node): string {
  const doc = prosemirrorToYDoc(noteSchema.node('doc', null, [node]), 'default');
  const verdict = new UpdateGate(new Y.Doc(), NOTE_POLICY).judge(Y.encodeStateAsUpdate(doc), () => 'new');
  return verdict.kind;
}

function cleaned(node: Node): Node {
  const first = cleanSlice(new Slice(Fragment.from(node), 0, 0)).content.firstChild;
  if (first === null) throw new Error('Nothing is left');
  return first;
}

function nested(depth: number): Node {
  let node = line;
  for (let index = 0; index < depth; index++) node = noteSchema.node('blockquote', null, [node]);
  return node;
}

const item = noteSchema.node('listItem', null, [line]);

describe('a paste from anywhere', () => {
  it.each([
    ['a language', noteSchema.node('codeBlock', { language: '"><img src=x>' }), null],
    [
      'a numbering',
      noteSchema.node('orderedList', { start: Number.NaN, type: 'x" onclick="' }, [item]),
      null,
    ],
    [
      'a chip',
      noteSchema.node('paragraph', null, [noteSchema.node('quoteChip', { annotationId: 'none' })]),
      null,
    ],
    ['a depth of 60 quotations', nested(60), 'words'],
  ])('loses %s that the server would refuse, and keeps the words', (_what, node, words) => {
    expect(judge(node)).toBe('refuse');
    expect(judge(cleaned(node))).toBe('pass');
    expect(cleaned(node).textContent).toBe(words ?? node.textContent);
  });

  it('stays as it is when a note may have it', () => {
    const node = noteSchema.node('orderedList', { start: 3, type: 'a' }, [item, item]);
    expect(cleaned(node).eq(node)).toBe(true);
    expect(cleaned(nested(10)).eq(nested(10))).toBe(true);
  });
});
