import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { applyStored } from '@/lib/notes/note-sync';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';
import { Seeded } from '@/tests/support/gate/seeded';

/** What two people who do not hear of each other do to the same words: the updates of both, and what they deleted. */
function overlap(random: Seeded): { updates: Uint8Array[]; deleted: ReturnType<typeof Y.createDeleteSet> } {
  const beginning = new Y.Doc();
  const line = new Y.XmlElement('paragraph');
  line.insert(0, [new Y.XmlText('some words to begin with')]);
  beginning.getXmlFragment(NOTE_FRAGMENT).insert(0, [line]);
  const updates = [Y.encodeStateAsUpdate(beginning)];
  const people = [0, 1].map(() => {
    const doc = new Y.Doc();
    applyStored(doc, { snapshot: null, updates: updates.slice(0, 1) });
    doc.on('update', (update: Uint8Array) => updates.push(update));
    return doc;
  });
  for (let turn = 0; turn < 20; turn++) {
    const text = (random.pick(people).getXmlFragment(NOTE_FRAGMENT).get(0) as Y.XmlElement).get(
      0,
    ) as Y.XmlText;
    const from = random.below(text.length + 1);
    const length = Math.min(1 + random.below(8), text.length - from);
    const isNew = random.chance(0.2);
    const isGone = random.chance(0.2);
    if (length === 0 || isNew) text.insert(from, 'new');
    else if (isGone) text.delete(from, length);
    else text.format(from, length, { bold: random.chance(0.6) ? {} : null });
  }
  const deleted = Y.mergeDeleteSets(people.map((doc) => Y.createDeleteSetFromStructStore(doc.store)));
  return { updates, deleted };
}

it('What is stored deletes nothing that nobody has deleted, for somebody who has the beginning, where people overlap in formatting', () => {
  let tidied = 0;
  for (let seed = 1; seed <= 50; seed++) {
    const { updates, deleted } = overlap(new Seeded(seed));
    const [beginning, since] = [updates.slice(0, 1), updates.slice(1)];
    const [whole, reader, editor] = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
    applyStored(whole, { snapshot: null, updates });
    applyStored(reader, { snapshot: null, updates: beginning });
    applyStored(reader, { snapshot: null, updates: since });
    for (const doc of [whole, reader]) {
      expect(Y.createDeleteSetFromStructStore(doc.store)).toEqual(deleted);
    }
    for (const update of updates) Y.applyUpdate(editor, update);
    if (!Y.equalDeleteSets(Y.createDeleteSetFromStructStore(editor.store), deleted)) tidied++;
  }
  // An editor's document tidies up by itself, which is what this is about.
  expect(tidied).toBeGreaterThan(0);
});
