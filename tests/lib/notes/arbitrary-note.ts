import { getSchema } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { prosemirrorToYXmlFragment, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import fc from 'fast-check';
import * as Y from 'yjs';
import type { NoteJson } from '@/lib/notes/authorship';
import { noteSchemaExtensions } from '@/lib/notes/editor-schema';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';

export const SCHEMA = getSchema(noteSchemaExtensions());

const words = fc
  .array(
    fc.constantFrom('the', 'harbour', 'bridge', 'Lund', 'said', '“no”', 'don’t', '🦊', 'a', '—', '2026', 'ß'),
    {
      minLength: 1,
      maxLength: 7,
    },
  )
  .map((list) => list.join(' '));
const marks = fc.constantFrom<NoteJson['marks']>(
  undefined,
  undefined,
  [{ type: 'bold' }],
  [{ type: 'italic' }, { type: 'bold' }],
  [{ type: 'link', attrs: { href: 'https://example.org/' } }],
);
const inline: fc.Arbitrary<NoteJson> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(words, marks).map(([text, of]) => ({ type: 'text', text, marks: of })) },
  {
    weight: 1,
    arbitrary: fc
      .uuid({ version: 7 })
      .map((annotationId) => ({ type: 'quoteChip', attrs: { annotationId } })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('claim', 'source', 'note', 'person'), fc.uuid({ version: 7 }))
      .map(([kind, id]) => ({ type: 'reference', attrs: { kind, id } })),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'hardBreak' }) },
);
const line = fc.array(inline, { maxLength: 4 });
const paragraph: fc.Arbitrary<NoteJson> = line.map((content) => ({ type: 'paragraph', content }));
const item = (type: string) =>
  fc.array(fc.tuple(paragraph, fc.boolean()), { minLength: 1, maxLength: 3 }).map((items) =>
    items.map(([content, checked]) => ({
      type,
      ...(type === 'taskItem' && { attrs: { checked } }),
      content: [content],
    })),
  );
const block: fc.Arbitrary<NoteJson> = fc.oneof(
  { weight: 5, arbitrary: paragraph },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 3 }), line)
      .map(([level, content]) => ({ type: 'heading', attrs: { level }, content })),
  },
  { weight: 1, arbitrary: words.map((text) => ({ type: 'codeBlock', content: [{ type: 'text', text }] })) },
  { weight: 1, arbitrary: fc.constant({ type: 'horizontalRule' }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(words, fc.option(fc.uuid({ version: 7 })))
      .map(([query, frozenId]) => ({ type: 'livingQuery', attrs: { query, frozenId } })),
  },
  { weight: 1, arbitrary: item('listItem').map((content) => ({ type: 'bulletList', content })) },
  { weight: 1, arbitrary: item('taskItem').map((content) => ({ type: 'taskList', content })) },
  { weight: 1, arbitrary: paragraph.map((content) => ({ type: 'blockquote', content: [content] })) },
  {
    weight: 1,
    arbitrary: fc.array(paragraph, { minLength: 1, maxLength: 3 }).map((cells) => ({
      type: 'table',
      content: [
        {
          type: 'tableRow',
          content: cells.map((cell) => ({ type: 'tableCell', content: [cell] })),
        },
      ],
    })),
  },
);

const toNode = (content: NoteJson[]): Node => {
  const node = SCHEMA.nodeFromJSON({ type: 'doc', content });
  node.check();
  return node;
};
const blocks = fc.array(block, { minLength: 1, maxLength: 6 });

/** A note of any blocks there are. */
export const arbitraryNote: fc.Arbitrary<Node> = blocks.map(toNode);

/** Two states of one note: blocks that stayed, moved, went, came, and lines with other words in them. */
export const twoStates: fc.Arbitrary<[Node, Node]> = fc
  .tuple(blocks, blocks, fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), words)
  .map(([one, others, choices, typed]) => {
    const later = [...one];
    for (const [place, choice] of choices.entries()) {
      const at = choice % (later.length + 1);
      if (place % 4 === 0) later.splice(at, 1);
      if (place % 4 === 1) later.splice(at, 0, others[choice % others.length] as NoteJson);
      if (place % 4 === 2 && later[at]?.type === 'paragraph') {
        later[at] = {
          type: 'paragraph',
          content: [{ type: 'text', text: typed }, ...(later[at].content ?? [])],
        };
      }
    }
    return [toNode(one), toNode(later.length > 0 ? later : [{ type: 'paragraph' }])];
  });

/** A document of the note as the editor's binding keeps it. */
export function docOf(node: Node, clientId?: number): Y.Doc {
  const doc = new Y.Doc();
  if (clientId !== undefined) doc.clientID = clientId;
  prosemirrorToYXmlFragment(node, doc.getXmlFragment(NOTE_FRAGMENT));
  return doc;
}

/** What the editor shows of a document. */
export function nodeOf(doc: Y.Doc): Node {
  return yXmlFragmentToProseMirrorRootNode(doc.getXmlFragment(NOTE_FRAGMENT), SCHEMA);
}

/** A paragraph for each line. */
export function lines(...texts: string[]): Node {
  return toNode(
    texts.map((text) => ({ type: 'paragraph', ...(text && { content: [{ type: 'text', text }] }) })),
  );
}
