import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readNote } from '@/lib/notes/authorship';
import { makeLike, readsTheSame } from '@/lib/notes/restore';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';
import { docOf, lines, nodeOf, twoStates } from './arbitrary-note';

function copyOf(doc: Y.Doc, clientId: number): Y.Doc {
  const copy = new Y.Doc();
  copy.clientID = clientId;
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

const textsOf = (doc: Y.Doc): Y.XmlText[] =>
  doc
    .getXmlFragment(NOTE_FRAGMENT)
    .toArray()
    .flatMap((block) => (block as Y.XmlElement).toArray())
    .filter((child): child is Y.XmlText => child instanceof Y.XmlText);

describe('Bringing an older state back', () => {
  it('makes the note read exactly as it did, whatever it became meanwhile (seeded)', () => {
    fc.assert(
      fc.property(twoStates, ([older, newer]) => {
        const goal = docOf(older, 1);
        const live = docOf(newer, 2);
        const peer = copyOf(live, 3);
        live.clientID = 9;
        const update = makeLike(live, goal);
        expect(readsTheSame(live, goal)).toBe(true);
        expect(nodeOf(copyOf(live, 4)).toJSON()).toEqual(nodeOf(copyOf(goal, 4)).toJSON());
        // The update alone brings everybody there.
        if (update) Y.applyUpdate(peer, update);
        expect(nodeOf(peer).toJSON()).toEqual(nodeOf(copyOf(goal, 4)).toJSON());
        expect(makeLike(live, goal)).toBeNull();
      }),
      { numRuns: 150, seed: 3 },
    );
  });

  it('converges with what others type at the same time (seeded)', () => {
    fc.assert(
      fc.property(twoStates, fc.array(fc.nat(), { maxLength: 6 }), ([older, newer], places) => {
        const live = docOf(newer, 1);
        const typist = copyOf(live, 2);
        const restorer = copyOf(live, 3);
        const update = makeLike(restorer, docOf(older, 4));
        places.forEach((place, number) => {
          const texts = textsOf(typist);
          const text = texts[place % Math.max(1, texts.length)];
          text?.insert(place % (text.length + 1), `${number}`, {});
        });
        const typed = Y.encodeStateAsUpdate(typist);
        if (update) Y.applyUpdate(typist, update);
        Y.applyUpdate(restorer, typed);
        expect(nodeOf(typist).toJSON()).toEqual(nodeOf(restorer).toJSON());
      }),
      { numRuns: 80, seed: 5 },
    );
  });

  it('keeps a word that was typed into a line while the line was brought back', () => {
    const live = docOf(lines('The bridge closes on Monday, says nobody.'), 1);
    const typist = copyOf(live, 2);
    const restorer = copyOf(live, 3);
    const update = makeLike(restorer, docOf(lines('The bridge closes on Sunday.'), 4));
    textsOf(typist)[0]?.insert(4, 'old ');
    Y.applyUpdate(typist, update as Uint8Array);
    expect(nodeOf(typist).textContent).toBe('The old bridge closes on Sunday.');
  });

  it('leaves whoever types before a line before it, also where their words touch it', () => {
    const live = docOf(lines('Ben goThe bridge closes.'), 1);
    const typist = copyOf(live, 2);
    const update = makeLike(copyOf(live, 3), docOf(lines('The bridge closes.'), 4));
    textsOf(typist)[0]?.insert('Ben go'.length, 'es on. ');
    Y.applyUpdate(typist, update as Uint8Array);
    expect(nodeOf(typist).textContent).toBe('es on. The bridge closes.');
  });

  it('leaves whoever types at a place there, wherever in a typed sentence it is brought back (every letter)', () => {
    const typed = 'Ben goes on here. ';
    const line = 'The port authority closes the bridge on Monday';
    for (let at = 0; at <= typed.length; at++) {
      const live = docOf(lines(`${typed.slice(0, at)}${line} and Tuesday.`), 1);
      const typist = copyOf(live, 2);
      const caret = Y.createRelativePositionFromTypeIndex(textsOf(typist)[0] as Y.XmlText, at);
      const update = makeLike(copyOf(live, 3), docOf(lines(`${line}.`), 4));
      Y.applyUpdate(typist, update as Uint8Array);
      expect(nodeOf(typist).textContent).toBe(`${line}.`);
      expect([at, Y.createAbsolutePositionFromRelativePosition(caret, typist)?.index]).toEqual([at, 0]);
    }
  });

  it('leaves what stayed to whoever wrote it', () => {
    const first = docOf(lines('One line.', 'The second line, as Ada wrote it.'), 1);
    const live = copyOf(first, 2);
    textsOf(live)[1]?.insert(4, 'very ');
    live.getXmlFragment(NOTE_FRAGMENT).delete(0, 1);
    live.clientID = 3;
    makeLike(live, first);
    const { authors } = readNote(live, (clientId) => String(clientId));
    expect(nodeOf(live).eq(nodeOf(first))).toBe(true);
    expect(authors).toEqual([
      { userId: '3', length: 'One line.'.length },
      { userId: '1', length: 'The second line, as Ada wrote it.'.length },
    ]);
  });
});
