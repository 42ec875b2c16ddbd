import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addUp } from '@/lib/contributions/add-up';
import { contributionsCsv } from '@/lib/contributions/contribution-csv';
import { creditStatement, suggestRoles } from '@/lib/contributions/credit';
import { AT_ONCE, type Came, cameAtOnce } from '@/lib/contributions/pastes';
import { survivingLetters } from '@/lib/contributions/surviving';

/** A note with one line, and what each change of it sent. */
function page(clientId: number) {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  const sent: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => sent.push(update));
  const line = new Y.XmlText();
  const root = doc.getXmlFragment('note');
  root.insert(0, [line]);
  return { doc, root, line, sent };
}

describe('Letters that came at once', () => {
  it('are those of one change that nobody types, and stay counted as such when the log is merged', () => {
    const { doc, root, line, sent } = page(7);
    for (const letter of 'Typed ') line.insert(line.length, letter);
    line.insert(line.length, 'p'.repeat(AT_ONCE));
    line.insert(0, 'q'.repeat(AT_ONCE - 1));
    line.delete(AT_ONCE - 1 + 6, 10);
    const kept = sent.flatMap(cameAtOnce);
    const merged = new Y.Doc();
    Y.applyUpdate(merged, Y.encodeStateAsUpdate(doc));
    const expected = { letters: 2 * AT_ONCE - 1 + 6 - 10, atOnce: AT_ONCE - 10 };
    expect(survivingLetters(root, kept).get(7)).toEqual(expected);
    expect(survivingLetters(merged.getXmlFragment('note'), kept).get(7)).toEqual(expected);
  });

  it('are never more than the letters that are left, however often they are told of', () => {
    const steps = fc.array(
      fc.record({ at: fc.nat(400), length: fc.integer({ min: 1, max: 250 }), isDeletion: fc.boolean() }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const { root, line, sent } = page(3);
        for (const { at, length, isDeletion } of all) {
          const from = Math.min(at, line.length);
          if (isDeletion) line.delete(from, Math.min(length, line.length - from));
          else line.insert(from, 'x'.repeat(length));
        }
        const kept: Came[] = sent.flatMap(cameAtOnce);
        const found = survivingLetters(root, [...kept, ...kept]).get(3) ?? { letters: 0, atOnce: 0 };
        expect(found.letters).toBe(line.length);
        expect(found.atOnce).toBeLessThanOrEqual(found.letters);
        expect(found).toEqual(survivingLetters(root, kept).get(3) ?? { letters: 0, atOnce: 0 });
      }),
    );
  });
});

describe('Who did what', () => {
  const people = [
    { id: 'a', name: '=Ada', isMember: true },
    { id: 'b', name: 'Ben', isMember: false },
    { id: 'c', name: 'Cleo', isMember: false },
  ];
  const all = addUp(people, [
    { userId: 'a', what: 'codings', count: 40 },
    { userId: 'b', what: 'codings', count: 2 },
    { userId: 'b', what: 'claim.signed-off', count: 3 },
    { userId: 'b', what: 'thread.resolved', count: 1 },
    { userId: 'b', what: 'note.edited', count: 9 },
  ]);

  it('adds up what counts, and leaves out who left and did nothing', () => {
    expect(
      all.map(({ person, codings, reviews, decisions }) => [person.id, codings, reviews, decisions]),
    ).toEqual([
      ['a', 40, 0, 0],
      ['b', 2, 3, 1],
    ]);
    expect(contributionsCsv(all).split('\r\n')[1]).toMatch(/^"'=Ada","40"/);
  });

  it('suggests a CRediT role to whoever did a tenth of what speaks for it, and says it as journals do', () => {
    const roles = suggestRoles(all);
    expect([roles.get('a'), roles.get('b')]).toEqual([['Formal analysis'], ['Validation']]);
    expect(
      creditStatement([
        { name: 'Ada', roles: ['Validation', 'Formal analysis'] },
        { name: 'Ben', roles: [] },
      ]),
    ).toBe('Ada: Formal analysis, Validation.');
  });
});
