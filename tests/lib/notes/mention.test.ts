import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { newId } from '@/lib/new-id';
import { newlyNamed } from '@/lib/notes/mention';
import { mentionsIn, REFERENCE } from '@/lib/notes/note-content';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';

const [ada, ben] = [newId(), newId()];

function reference(kind: string, id: string): Y.XmlElement {
  const element = new Y.XmlElement(REFERENCE);
  element.setAttribute('kind', kind);
  element.setAttribute('id', id);
  return element;
}

describe('The people whom a note names', () => {
  it('are found as often as they stand, each with the client that wrote it', () => {
    const doc = new Y.Doc();
    const [paragraph, item] = [new Y.XmlElement('paragraph'), new Y.XmlElement('listItem')];
    const inside = new Y.XmlElement('paragraph');
    item.insert(0, [inside]);
    inside.insert(0, [reference('person', ben)]);
    paragraph.insert(0, [
      reference('person', ada),
      reference('claim', newId()),
      reference('person', 'nobody'),
    ]);
    doc.getXmlFragment(NOTE_FRAGMENT).insert(0, [paragraph, item]);
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    (other.getXmlFragment(NOTE_FRAGMENT).get(0) as Y.XmlElement).insert(1, [reference('person', ada)]);
    expect(mentionsIn(other.getXmlFragment(NOTE_FRAGMENT))).toEqual([
      { userId: ada, clientId: doc.clientID },
      { userId: ada, clientId: other.clientID },
      { userId: ben, clientId: doc.clientID },
    ]);
  });

  it('are newly named when they stand there more often than before, by whoever put the last one', () => {
    const by = (userId: string, byId: string | null) => ({ userId, byId });
    const both = [by(ada, ben), by(ben, ada)];
    expect(newlyNamed(both, new Map())).toEqual([by(ada, ben), by(ben, ada)]);
    expect(newlyNamed(both, new Map([[ada, 1]]))).toEqual([by(ben, ada)]);
    expect(newlyNamed([...both, by(ada, 'third')], new Map([[ada, 1]]))).toEqual([
      by(ada, 'third'),
      by(ben, ada),
    ]);
    expect(newlyNamed([by(ada, ben)], new Map([[ada, 2]]))).toEqual([]);
  });

  it('are told nothing when they named themselves, or nobody knows who did', () => {
    expect(
      newlyNamed(
        [
          { userId: ada, byId: ada },
          { userId: ben, byId: null },
        ],
        new Map(),
      ),
    ).toEqual([]);
  });
});
