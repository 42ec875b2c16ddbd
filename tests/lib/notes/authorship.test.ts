import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { authorRanges, readNote } from '@/lib/notes/authorship';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';
import { arbitraryNote, docOf, lines, nodeOf, SCHEMA } from './arbitrary-note';

const OWNERS = new Map([
  [1, 'ada'],
  [2, 'ben'],
  [3, 'ada'],
]);
const ownerOf = (clientId: number) => OWNERS.get(clientId) ?? null;

/** The first line of the note, on a page of this client. */
function pageOf(clientId: number, from: Y.Doc): { doc: Y.Doc; line: Y.XmlText } {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(from));
  const paragraph = doc.getXmlFragment(NOTE_FRAGMENT).get(0) as Y.XmlElement;
  return { doc, line: paragraph.get(0) as Y.XmlText };
}

function byAuthor(doc: Y.Doc): [string | null, string][] {
  const { doc: json, authors } = readNote(doc, ownerOf);
  const node = SCHEMA.nodeFromJSON(json);
  return authorRanges(node, authors).map(({ userId, from, to }) => [userId, node.textBetween(from, to, '')]);
}

describe('Who wrote what', () => {
  it('follows the page that each letter was typed on, also into the middle of another’s words', () => {
    const ada = docOf(lines('The bridge will close.'), 1);
    const ben = pageOf(2, ada);
    ben.line.insert(4, 'old ');
    ben.line.delete(ben.line.length - 6, 6);
    ben.line.insert(ben.line.length, 'open.', {});
    expect(byAuthor(ben.doc)).toEqual([
      ['ada', 'The '],
      ['ben', 'old '],
      ['ada', 'bridge will '],
      ['ben', 'open.'],
    ]);
  });

  it('is one person on several pages, and nobody where no page is known', () => {
    const ada = docOf(lines('One.'), 1);
    const later = pageOf(3, ada);
    later.line.insert(4, ' Two.');
    const unknown = pageOf(99, later.doc);
    unknown.line.insert(9, ' Three.');
    expect(byAuthor(unknown.doc)).toEqual([
      ['ada', 'One. Two.'],
      [null, ' Three.'],
    ]);
  });

  it('gives pasted text to whoever pasted it, wherever it was copied', () => {
    const ada = docOf(lines('A quoted sentence.'), 1);
    const ben = pageOf(2, ada);
    ben.line.insert(ben.line.length, ' A quoted sentence.');
    expect(byAuthor(ben.doc)).toEqual([
      ['ada', 'A quoted sentence.'],
      ['ben', ' A quoted sentence.'],
    ]);
  });

  it('reads a note as the editor does, and leaves no letter or chip without an answer (seeded)', () => {
    fc.assert(
      fc.property(arbitraryNote, (note) => {
        const doc = docOf(note, 2);
        const { doc: json, authors } = readNote(doc, ownerOf);
        const read = SCHEMA.nodeFromJSON(json);
        expect(read.toJSON()).toEqual(nodeOf(doc).toJSON());
        let units = 0;
        read.descendants((node) => {
          if (node.isInline) units += node.nodeSize;
        });
        expect(authors).toEqual(units > 0 ? [{ userId: 'ben', length: units }] : []);
        expect(authorRanges(read, authors).reduce((sum, { from, to }) => sum + to - from, 0)).toBe(units);
      }),
      { numRuns: 80, seed: 11 },
    );
  });

  it('reads an empty note as one empty line', () => {
    expect(readNote(new Y.Doc(), ownerOf)).toEqual({
      doc: { type: 'doc', content: [{ type: 'paragraph' }] },
      authors: [],
    });
  });
});
