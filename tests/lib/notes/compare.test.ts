import type { Node } from '@tiptap/pm/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Change, type Comparison, compareNotes } from '@/lib/notes/compare';
import { arbitraryNote, lines, SCHEMA, twoStates } from './arbitrary-note';

/** What is left of a comparison without the parts that only one side has: text, chips and breaks, in order. */
function without(kind: Change['kind'], { doc, changes }: Comparison): string {
  const gone = changes.filter((change) => change.kind === kind);
  let left = '';
  doc.descendants((node, pos) => {
    if (!node.isText && !(node.isInline && node.isLeaf)) return;
    for (let at = 0; at < node.nodeSize; at++) {
      const place = pos + at;
      if (gone.some(({ from, to }) => from <= place && place < to)) continue;
      left += node.isText ? node.text?.[at] : wordOf(node);
    }
  });
  return left;
}

const wordOf = (node: Node) => `<${node.type.name} ${node.attrs.annotationId ?? ''}>`;
const plain = (node: Node) => without('inserted', { doc: node, changes: [], added: 0, removed: 0 });
const said = ({ doc, changes }: Comparison) =>
  changes.map(({ kind, from, to, block }) => [
    kind,
    doc.textBetween(from, to, ' '),
    ...(block ? ['block'] : []),
  ]);

describe('Comparing two states of a note', () => {
  it('holds both of them: without what came it is the earlier, without what went the later (seeded)', () => {
    fc.assert(
      fc.property(twoStates, ([before, after]) => {
        const comparison = compareNotes(before, after);
        comparison.doc.check();
        expect(without('inserted', comparison)).toBe(plain(before));
        expect(without('deleted', comparison)).toBe(plain(after));
        for (const { kind, from, to, after: place } of comparison.changes) {
          if (kind !== 'inserted') continue;
          expect(after.textBetween(place ?? -1, (place ?? 0) + to - from)).toBe(
            comparison.doc.textBetween(from, to),
          );
        }
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  it('finds nothing between a note and itself (seeded)', () => {
    fc.assert(
      fc.property(arbitraryNote, (note) => {
        const { doc, changes, added, removed } = compareNotes(note, note);
        expect({ changes, added, removed }).toEqual({ changes: [], added: 0, removed: 0 });
        expect(doc.eq(note)).toBe(true);
      }),
      { numRuns: 50, seed: 7 },
    );
  });

  it('marks the words that changed, together where only a blank is between them', () => {
    const comparison = compareNotes(
      lines('The mayor closed the old bridge on Monday.'),
      lines('The mayor closed two new bridges on Monday.'),
    );
    expect(said(comparison)).toEqual([
      ['deleted', 'the old bridge'],
      ['inserted', 'two new bridges'],
    ]);
    expect(comparison).toMatchObject({ added: 3, removed: 3 });
  });

  it('sees a line that came, one that went, and one that was changed, as such', () => {
    const comparison = compareNotes(
      lines('First line of all.', 'Nobody knows.', 'The last line stands.'),
      lines('A new beginning here', 'First line of all.', 'The very last line stands.'),
    );
    expect(said(comparison)).toEqual([
      ['inserted', 'A new beginning here', 'block'],
      ['deleted', 'Nobody knows.', 'block'],
      ['inserted', 'very '],
    ]);
  });

  it('tells other form from other words', () => {
    const text = { type: 'text', text: 'Harbour bridge' };
    const doc = (content: object[]) => SCHEMA.nodeFromJSON({ type: 'doc', content });
    const before = doc([{ type: 'paragraph', content: [text] }]);
    const bold = doc([{ type: 'paragraph', content: [{ ...text, marks: [{ type: 'bold' }] }] }]);
    const heading = doc([{ type: 'heading', attrs: { level: 2 }, content: [text] }]);
    expect(said(compareNotes(before, bold))).toEqual([['formatted', 'Harbour bridge']]);
    expect(said(compareNotes(before, heading))).toEqual([['formatted', 'Harbour bridge', 'block']]);
    expect(compareNotes(before, heading)).toMatchObject({ added: 0, removed: 0 });
  });

  it('is done with two long notes that have nothing in common', () => {
    const long = (word: string) => lines(...Array.from({ length: 3_000 }, (_, n) => `${word}${n}`));
    const { changes } = compareNotes(long('a'), long('b'));
    expect(changes.length).toBe(6_000);
  });
});
