import { getSchema } from '@tiptap/core';
import { toggleMark } from '@tiptap/pm/commands';
import type { Mark, Node } from '@tiptap/pm/model';
import { EditorState, TextSelection } from '@tiptap/pm/state';
import { expect, it } from 'vitest';
import { newId } from '@/lib/new-id';
import { noteSchemaExtensions } from '@/lib/notes/editor-schema';
import { THREAD_MARK } from '@/lib/notes/note-content';

const schema = getSchema(noteSchemaExtensions());
const mark = (name: string, attrs?: object): Mark => {
  const type = schema.marks[name];
  if (type === undefined) throw new Error(`No mark ${name}`);
  return type.create(attrs as Record<string, unknown>);
};
const thread = () => mark(THREAD_MARK, { threadId: newId() });
const paragraph = (...marks: Mark[]): EditorState =>
  EditorState.create({
    doc: schema.node('doc', null, [schema.node('paragraph', null, [schema.text('ratio', marks)])]),
  });
const namesOf = (doc: Node) => doc.firstChild?.firstChild?.marks.map(({ type }) => type.name).sort();

it('a passage in inline code points to its discussions as any other does', () => {
  const state = paragraph(mark('code'));
  const tr = state.tr.addMark(1, 6, thread()).addMark(1, 6, thread());
  expect(namesOf(tr.doc)).toEqual(['code', THREAD_MARK, THREAD_MARK]);
  expect(() => tr.doc.check()).not.toThrow();
});

it('a discussed passage that becomes code, and no code again, still points to its discussion', () => {
  const before = paragraph(thread());
  let state = before.apply(before.tr.setSelection(TextSelection.create(before.doc, 1, 6)));
  for (const expected of [['code', THREAD_MARK], [THREAD_MARK]]) {
    toggleMark(mark('code').type)(state, (tr) => {
      state = state.apply(tr);
    });
    expect(namesOf(state.doc)).toEqual(expected);
  }
});

it('inline code takes no other look, and one code alone: two people who make it at once make one', () => {
  for (const name of ['bold', 'italic', 'strike', 'link', 'code'])
    expect(mark('code').type.excludes(mark(name, { href: 'https://example.org' }).type), name).toBe(true);
  expect(Object.keys(schema.marks).sort()).toEqual(
    ['bold', 'code', 'italic', 'link', 'strike', THREAD_MARK].sort(),
  );
});
