import '@/tests/support/test-environment';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { appendUpdates, compactNote } from '@/db/note-log';
import { noteKeyOf } from '@/lib/access/note-key';
import type { Contribution } from '@/lib/contributions/contribution';
import type { Note } from '@/lib/notes/note';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';
import { ask, grantOf } from '@/tests/support/instance';
import { database, owner, projectId } from '@/tests/support/one-source';

const PASTED = 'Copied from a report. '.repeat(6);

async function letters(): Promise<[number, number]> {
  const { items } = await ask<{ items: Contribution[] }>('contribution.list', owner, {
    params: { projectId },
  });
  const mine = items.find(({ person }) => person.id === owner.userId);
  return [mine?.letters ?? 0, mine?.lettersAtOnce ?? 0];
}

it('Text that was pasted stays pasted when the log that told it is merged, and typed text typed', async () => {
  const { id } = await ask<Note>('note.create', owner, { params: { projectId }, body: { title: 'Draft' } });
  const key = noteKeyOf(grantOf(owner, projectId), id);
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const words = new Y.XmlText();
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [words]);
  doc.getXmlFragment(NOTE_FRAGMENT).insert(0, [paragraph]);
  // Many letters, one change each, that one row of the log holds; then as many at once.
  for (const letter of PASTED) words.insert(words.length, letter);
  words.insert(words.length, PASTED);
  const claims = [{ clientId: doc.clientID, announced: true }];
  const entries = updates.map((update, nth) => ({
    update,
    userId: owner.userId,
    ...(nth === 0 && { claims }),
  }));
  await appendUpdates(database.db, [{ key, entries }], 'test');
  const expected = [2 * PASTED.length, PASTED.length];
  expect(await letters()).toEqual(expected);
  for (let time = 0; time < 2; time += 1) {
    await compactNote(database.db, key);
    expect(await letters()).toEqual(expected);
    words.insert(0, '!');
    const update = updates.at(-1) as Uint8Array;
    await appendUpdates(database.db, [{ key, entries: [{ update, userId: owner.userId }] }], 'test');
    expected[0] = (expected[0] ?? 0) + 1;
    expect(await letters()).toEqual(expected);
  }
});
