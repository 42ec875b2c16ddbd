import { getSchema } from '@tiptap/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statementsOf } from '@/lib/coverage/statement';
import { newId } from '@/lib/new-id';
import { noteSchemaExtensions } from '@/lib/notes/editor-schema';
import { arbitraryNote } from '../notes/arbitrary-note';

const SCHEMA = getSchema(noteSchemaExtensions());
const [ID, OTHER] = [newId(), newId()];
const chip = (annotationId = ID) => ({ type: 'quoteChip', attrs: { annotationId } });
const link = (kind: string, id: string) => ({ type: 'reference', attrs: { kind, id } });
const inline = (part: string | object) => (typeof part === 'string' ? { type: 'text', text: part } : part);
const block = (type: string, ...parts: (string | object)[]) => ({ type, content: parts.map(inline) });
const noteOf = (...content: object[]) => SCHEMA.nodeFromJSON({ type: 'doc', content });
const wordsOf = (...parts: (string | object)[]) =>
  statementsOf(noteOf(block('paragraph', ...parts))).map(({ words }) => words.replaceAll('\uFFFC', '@'));

describe('The statements of a note', () => {
  it('are its sentences, without titles, program text and tasks', () => {
    const doc = noteOf(
      { ...block('heading', 'A title. Of two.'), attrs: { level: 1 } },
      block('paragraph', 'The bridge closed. Nobody knew why.'),
      block('codeBlock', 'let it = "be.";'),
      {
        type: 'taskList',
        content: [{ type: 'taskItem', attrs: { checked: false }, content: [block('paragraph', 'Ask her.')] }],
      },
      { type: 'bulletList', content: [{ type: 'listItem', content: [block('paragraph', 'It was old.')] }] },
    );
    expect(statementsOf(doc).map(({ words }) => words)).toEqual([
      'The bridge closed.',
      'Nobody knew why.',
      'It was old.',
    ]);
  });

  it.each([
    [
      'a chip behind the full stop is of the sentence before',
      ['It shut. ', chip(), ' Lund left.'],
      ['It shut. @', 'Lund left.'],
    ],
    [
      'a chip that a sentence goes on with is of that',
      ['It shut. ', chip(), ' said Lund.'],
      ['It shut.', '@ said Lund.'],
    ],
    ['a chip alone states something', [chip()], ['@']],
    [
      'a title and an initial end nothing',
      ['Dr. Lund met J. Berg. They left.'],
      ['Dr. Lund met J. Berg.', 'They left.'],
    ],
    [
      'a quotation is not cut',
      ['“It shut. It is old,” said Lund. Berg left.'],
      ['“It shut. It is old,” said Lund.', 'Berg left.'],
    ],
    ['signs alone say nothing', ['— … !'], []],
  ])('%s', (_rule, parts, expected) => {
    expect(wordsOf(...parts)).toEqual(expected);
  });

  it('tell which marks and things they name, and where their quotations stand', () => {
    const doc = noteOf(
      block('paragraph', 'Lund said “it is old” ', chip(), ' of ', link('claim', OTHER), '.'),
    );
    const [statement] = statementsOf(doc);
    expect(statement).toMatchObject({ annotationIds: [ID], claimIds: [OTHER], sourceIds: [] });
    expect(statement?.text).toBe(`Lund said “it is old” [annotation:${ID}] of [claim:${OTHER}].`);
    const [quotation] = statement?.quotations ?? [];
    expect(doc.textBetween(quotation?.from ?? 0, quotation?.to ?? 0)).toBe('it is old');
  });

  it('take a block quotation without marks for one, but for the chip at its end', () => {
    const doc = noteOf({
      type: 'blockquote',
      content: [block('paragraph', 'It is old. It shut. — ', chip())],
    });
    expect(statementsOf(doc).flatMap(({ quotations }) => quotations.map(({ words }) => words))).toEqual([
      'It is old. It shut.',
    ]);
  });

  it('stand in order, apart, and say what the note says at their places', () => {
    fc.assert(
      fc.property(arbitraryNote, (doc) => {
        let at = 0;
        for (const { from, to, words, annotationIds } of statementsOf(doc)) {
          expect(from).toBeGreaterThanOrEqual(at);
          expect(
            doc.textBetween(from, to, '\n', (leaf) => (leaf.type.name === 'hardBreak' ? '\n' : '\uFFFC')),
          ).toBe(words);
          expect(words.trim()).toBe(words);
          const chips = new Set<string>();
          doc.nodesBetween(from, to, (node) => {
            if (node.type.name === 'quoteChip') chips.add(node.attrs.annotationId);
          });
          expect(annotationIds).toEqual([...chips]);
          at = to;
        }
      }),
    );
  });
});
