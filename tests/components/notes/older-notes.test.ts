import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { KeptFacts } from '@/components/notes/note-facts-store';
import { judgeOlder } from '@/components/notes/older-notes';
import { noteText } from '@/lib/notes/note-content';
import { type SchemaStep, stepsFrom } from '@/lib/notes/schema-steps';
import { NOTE_FRAGMENT, NOTE_SCHEMA_VERSION } from '@/lib/notes/schema-version';
import { unsentWords } from '@/lib/notes/unsent-words';

const OLDER = NOTE_SCHEMA_VERSION - 1;

function addLine(doc: Y.Doc, words: string, name = 'paragraph'): Y.XmlText {
  const line = new Y.XmlElement(name);
  const text = new Y.XmlText(words);
  line.insert(0, [text]);
  const fragment = doc.getXmlFragment(NOTE_FRAGMENT);
  fragment.insert(fragment.length, [line]);
  return text;
}

/** A note of two lines that the server has, to which somebody on this machine added what it does not have. */
function keptNote(): { doc: Y.Doc; facts: KeptFacts } {
  const server = new Y.Doc();
  addLine(server, 'Confirmed.');
  const second = addLine(server, 'Half of it');
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(server));
  const saved = Y.encodeStateVector(doc);
  const line = doc.getXmlFragment(NOTE_FRAGMENT).get(1) as Y.XmlElement;
  (line.get(0) as Y.XmlText).insert(second.length, ' is mine');
  addLine(doc, 'All mine', 'oldBlock');
  return { doc, facts: { came: true, own: new Map([[doc.clientID, 3]]), saved, schema: OLDER } };
}

describe('What an older page kept', () => {
  it('is shown as the blocks with something unsent in them where no step leads to this schema', () => {
    const { doc, facts } = keptNote();
    expect(judgeOlder(doc, facts, OLDER, new Map())).toEqual({
      kind: 'words',
      words: 'Half of it is mine\nAll mine',
      waiting: 3,
    });
  });

  it('is made into a note of this schema where steps do, and is sent with what they changed', () => {
    const { doc, facts } = keptNote();
    const rename: SchemaStep = (old) => {
      const fragment = old.getXmlFragment(NOTE_FRAGMENT);
      const line = new Y.XmlElement('paragraph');
      line.insert(0, [new Y.XmlText('All mine, made new')]);
      fragment.delete(2, 1);
      fragment.insert(2, [line]);
    };
    const judged = judgeOlder(doc, facts, OLDER, new Map([[OLDER, rename]]));
    if (judged?.kind !== 'taken') throw new Error('It was not taken over');
    const taken = new Y.Doc();
    Y.applyUpdate(taken, judged.update);
    expect(noteText(taken.getXmlFragment(NOTE_FRAGMENT))).toBe(
      'Confirmed.\nHalf of it is mine\nAll mine, made new',
    );
    expect(judged.came).toBe(true);
    expect([...judged.own.keys()]).toContain(doc.clientID);
  });

  it('is let go where the server has all of it, or only deletions wait', () => {
    const { doc, facts } = keptNote();
    const confirmed = { ...facts, own: new Map([[doc.clientID, 0]]), saved: Y.encodeStateVector(doc) };
    expect(judgeOlder(doc, confirmed, OLDER, new Map())).toBeNull();
    const fragment = doc.getXmlFragment(NOTE_FRAGMENT);
    fragment.delete(0, fragment.length);
    expect(judgeOlder(doc, facts, OLDER, new Map())).toBeNull();
  });

  it('counts what was written as unsent where the server confirmed nothing yet', () => {
    const { doc } = keptNote();
    expect(unsentWords(doc, [doc.clientID], new Map())).toBe('Half of it is mine\nAll mine');
  });
});

describe('The steps between schemas', () => {
  const step: SchemaStep = () => undefined;
  it('are found one after the other, or not at all', () => {
    const steps = new Map([
      [1, step],
      [2, step],
      [4, step],
    ]);
    expect(stepsFrom(1, steps, 3)).toEqual([step, step]);
    expect(stepsFrom(3, steps, 3)).toEqual([]);
    expect(stepsFrom(1, steps, 5)).toBeNull();
  });
});
