import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { compactNote, loadNote } from '@/db/note-log';
import { noteSnapshots, noteUpdates } from '@/db/schema/notes';
import { CLOSE } from '@/lib/live/close-codes';
import { SYNC_STEP } from '@/lib/notes/note-sync';
import { POISON } from '@/tests/support/gate/poisoned-rows';
import { askForAll, carries, paragraph, syncMessage } from '@/tests/support/note-messages';
import { database, key, open, place, setUpNoteDesk, start, storedText } from './note-desk';
import { makePlace, openRaw, openTab, synced, textOf, until } from './note-server';

setUpNoteDesk();

async function insert(update: Uint8Array): Promise<void> {
  const { projectId, noteId } = place;
  await database.db.insert(noteUpdates).values({ projectId, noteId, update });
}

describe('a log with a poisoned row', () => {
  it.each(POISON)('(%s) opens as it was before, to be read only, and says so', async (_name, bytes) => {
    const before = await start();
    const writer = open(before);
    await synced(writer);
    writer.text.insert(0, 'good words');
    await until(async () => (await storedText()) === 'good words');
    writer.close();
    await before.stop();
    await insert(Uint8Array.from(bytes));
    const late = new Y.Doc();
    textOf(late).insert(0, 'later ');
    await insert(Y.encodeStateAsUpdate(late));
    const rows = () => database.db.$count(noteUpdates, eq(noteUpdates.noteId, place.noteId));
    const kept = await rows();
    expect(kept).toBeGreaterThanOrEqual(2);

    const server = await start();
    const reader = open(server, { person: '1' });
    await synced(reader);
    expect(reader.text.toString()).toBe('good words');
    expect(server.complaints.some((line) => line.startsWith('a note is damaged'))).toBe(true);
    // Who writes is told by their socket, not by silence.
    const raw = await openRaw(server, place, { person: '2' });
    raw.socket.send(syncMessage(SYNC_STEP.update, paragraph('more')));
    await until(() => raw.closed() !== null);
    expect(raw.closed()).toBe(CLOSE.malformed);
    expect(reader.provider.wsconnected).toBe(true);
    // The rows stay as they are: what was good can be told from them only so.
    await compactNote(database.db, key()).catch(() => null);
    expect(await rows()).toBe(kept);

    const elsewhere = await makePlace(database.db);
    const other = openTab(server, elsewhere);
    await synced(other);
    other.text.insert(0, 'not my affair');
    await until(() => server.rooms.stats().connections >= 2);
    other.close();
  });
});

describe('a snapshot that something else wrote into', () => {
  const snapshots = () =>
    database.db.select().from(noteSnapshots).where(eq(noteSnapshots.noteId, place.noteId));

  async function compacted(): Promise<Uint8Array> {
    const server = await start();
    const writer = open(server);
    await synced(writer);
    writer.text.insert(0, 'good words');
    await until(async () => (await storedText()) === 'good words');
    writer.close();
    await server.stop();
    await compactNote(database.db, key());
    return (await snapshots())[0]?.state ?? new Uint8Array();
  }

  it('is not served to whoever only reads, either', async () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, await compacted());
    const script = new Y.XmlElement('script');
    doc.getXmlFragment('default').insert(0, [script]);
    await database.db.update(noteSnapshots).set({ state: Y.encodeStateAsUpdate(doc) });

    const server = await start();
    // Whoever has nothing gets the bytes as they are stored.
    const reader = await openRaw(server, place, { person: '1', readOnly: '1' });
    reader.socket.send(askForAll());
    await until(() => reader.messages.some((message) => message[0] === 0 && message[1] === SYNC_STEP.answer));
    expect(reader.messages.some((message) => carries(message, 'script'))).toBe(false);
    reader.socket.close();
    expect(server.complaints.some((line) => line.startsWith('a note is damaged'))).toBe(true);
  });

  it('is looked over once where it has no mark or an old one, and served as it is from then on', async () => {
    await compacted();
    const [made] = await snapshots();
    expect((await loadNote(database.db, key())).isMarked).toBe(true);
    for (const mark of [null, Buffer.alloc(32)]) {
      await database.db.update(noteSnapshots).set({ mark });
      expect((await loadNote(database.db, key())).isMarked).toBe(false);
      const server = await start();
      const reader = open(server, { person: '1', readOnly: '1' });
      await synced(reader);
      expect(reader.text.toString()).toBe('good words');
      await until(async () => (await loadNote(database.db, key())).isMarked === true);
      expect((await snapshots())[0]?.mark).toEqual(made?.mark);
    }
  });
});
