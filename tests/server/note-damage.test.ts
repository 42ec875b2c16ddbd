import '@/tests/support/test-environment';
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { compactNote, loadNote } from '@/db/note-log';
import { noteLogsSetAside, noteUpdates } from '@/db/schema/notes';
import type { Grant } from '@/lib/access/grant';
import { CLOSE } from '@/lib/live/close-codes';
import { noteText } from '@/lib/notes/note-content';
import { NOTE_MESSAGE } from '@/lib/notes/note-sync';
import { salvage } from '@/lib/notes/salvage';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';
import type { NoteVersion } from '@/lib/notes/version';
import { keepPoint } from '@/server/note-versions/keep-point';
import { createVersion } from '@/server/note-versions/name-version';
import { getVersion, listVersions } from '@/server/note-versions/read-versions';
import { restoreVersion } from '@/server/note-versions/restore-version';
import { settleNote } from '@/server/notes';
import { openInstance } from '@/tests/support/instance';
import * as desk from './sync/note-desk';
import { database, key, place, savedOf, setUpNoteDesk } from './sync/note-desk';
import { grantFor, type NoteServer, synced, type Tab, until } from './sync/note-server';

/** A script among the blocks, written past the gate. */
const POISON = Uint8Array.from([
  1, 1, 7, 0, 7, 1, 7, 100, 101, 102, 97, 117, 108, 116, 3, 6, 115, 99, 114, 105, 112, 116, 0,
]);

let ada: Grant;

setUpNoteDesk(openInstance);
beforeEach(() => {
  ada = grantFor(place, 0);
});

async function start(): Promise<NoteServer> {
  return desk.start({}, async (rest) => {
    await settleNote(key(), rest);
    await keepPoint(key(), rest.userIds, new Date(), rest);
  });
}
function open(server: NoteServer, person: number, doc?: Y.Doc): Tab {
  const tab = desk.open(server, { person: String(person), ack: '1' }, doc);
  toldOf(tab);
  savedOf(tab);
  return tab;
}
/** How often a tab was told that the note is damaged. */
function toldOf({ provider }: Tab): { times: number } {
  const told = { times: 0 };
  provider.messageHandlers[NOTE_MESSAGE.damaged] = () => {
    told.times++;
  };
  return told;
}
async function poison(): Promise<void> {
  const { projectId, noteId } = place;
  await database.db.insert(noteUpdates).values({ projectId, noteId, update: POISON });
}
async function readStored(): Promise<{ text: string; isDamaged: boolean }> {
  const { doc, isDamaged } = salvage(await loadNote(database.db, key()));
  return { text: noteText(doc.getXmlFragment(NOTE_FRAGMENT)), isDamaged };
}
async function history() {
  return (await listVersions(ada, place.noteId, { limit: 500 })).items;
}
async function said(id: string): Promise<string> {
  const { doc } = await getVersion(ada, place.noteId, id);
  const words = JSON.stringify(doc).match(/(?<="text":")[^"]*/g);
  return words?.join('') ?? '';
}

/** Ada wrote, which was kept as a point; then the row that must not be there came, and then more of hers. */
async function damageNote(): Promise<{ writer: Tab; good: NoteVersion }> {
  const server = await start();
  const writer = open(server, 0);
  await synced(writer);
  writer.text.insert(0, 'Good words.');
  await until(async () => (await history()).length === 1);
  const good = await createVersion(ada, place.noteId, { name: 'Good' });
  await poison();
  const saved = savedOf(writer);
  writer.text.insert(writer.text.length, ' And later ones.');
  await until(() => saved.length > 0);
  writer.provider.disconnect();
  await server.stop();
  return { writer, good };
}

describe('A damaged note', () => {
  it('tells those who write, who go on reading, and does not say that anything was saved', async () => {
    await damageNote();
    const server = await start();
    const tab = open(server, 1);
    const [told, saved] = [toldOf(tab), savedOf(tab)];
    const closed: number[] = [];
    tab.provider.on('connection-close', (event) => closed.push(event?.code ?? 0));
    await synced(tab);
    expect([tab.text.toString(), told.times]).toEqual(['Good words.', 1]);
    const before = saved.at(-1)?.messages ?? 0;
    tab.text.insert(0, 'More. ');
    await until(() => told.times === 2);
    expect(closed).toEqual([]);
    expect(saved.at(-1)?.messages ?? 0).toBe(before);
    expect((await readStored()).text).not.toContain('More.');
  });

  it('goes on from a version that is brought back, on every page and process', async () => {
    const { writer, good } = await damageNote();
    const [one, other] = [await start(), await start()];
    const readers = [open(one, 1), open(other, 2)];
    const closed: number[] = [];
    for (const { provider } of readers)
      provider.on('connection-close', (event) => closed.push(event?.code ?? 0));
    await synced(...readers);
    const typed = readers[0] as Tab;
    typed.text.insert(0, 'Typed in vain? ');

    const { version, before } = await restoreVersion(ada, place.noteId, good.id);
    expect(version).toMatchObject({ kind: 'restored', creator: { name: 'Ada' } });
    // What could be saved of the damaged note is a point of its own, with what came after the damage.
    expect(await said(before.id)).toBe('Good words. And later ones.');
    await until(() => closed.length >= 2 && readers.every(({ provider }) => provider.synced));
    expect(new Set(closed)).toEqual(new Set([CLOSE.accessChanged]));
    // What waited on a page is taken now.
    await until(() => readers.every((tab) => tab.text.toString() === 'Typed in vain? Good words.'));
    const saved = savedOf(readers[1] as Tab);
    readers[1]?.text.insert(0, '2');
    await until(() => saved.some(({ messages }) => messages > 0));
    await until(() => typed.text.toString() === '2Typed in vain? Good words.');
    expect(await readStored()).toEqual({ text: '2Typed in vain? Good words.', isDamaged: false });

    // Whoever was away with the words that came after the damage brings nothing twice.
    const back = open(one, 0, writer.doc);
    await synced(back);
    await until(() => back.text.toString() === typed.text.toString());
    expect(back.text.toString()).toBe('2Typed in vain? Good words.');

    const aside = await database.db.select().from(noteLogsSetAside);
    const mine = aside.filter(({ noteId }) => noteId === place.noteId);
    expect(mine.some(({ bytes }) => Buffer.from(bytes).equals(Buffer.from(POISON)))).toBe(true);
    expect(new Set(mine.map(({ setAsideBy }) => setAsideBy))).toEqual(new Set([ada.actor.userId]));
    // The log is an ordinary one again, and so is taking a version back.
    expect(await compactNote(database.db, key())).not.toBeNull();
    await restoreVersion(ada, place.noteId, before.id);
    await until(() => typed.text.toString() === 'Good words. And later ones.');
  });

  it('that has no versions can be kept as far as it is sound, and goes on from that', async () => {
    const server = await start();
    await poison();
    const late = new Y.Doc();
    const line = new Y.XmlElement('paragraph');
    line.insert(0, [new Y.XmlText('Only here.')]);
    late.getXmlFragment(NOTE_FRAGMENT).insert(0, [line]);
    const { projectId, noteId } = place;
    await database.db.insert(noteUpdates).values({ projectId, noteId, update: Y.encodeStateAsUpdate(late) });
    const tab = open(server, 0);
    const told = toldOf(tab);
    await synced(tab);
    expect(told.times).toBe(1);
    const kept = await createVersion(ada, place.noteId, { name: 'What is left' });
    expect(await said(kept.id)).toBe('Only here.');
    await restoreVersion(ada, place.noteId, kept.id);
    expect((await readStored()).isDamaged).toBe(false);
    await until(() => noteText(tab.doc.getXmlFragment(NOTE_FRAGMENT)).includes('Only here.'));
    const saved = savedOf(tab);
    tab.text.insert(0, 'Written again. ');
    await until(() => saved.length > 0);
    expect((await readStored()).text).toContain('Written again.');
  });
});
