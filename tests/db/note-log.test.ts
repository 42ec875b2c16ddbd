import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { appendUpdates, compactNote, loadNote, MAX_APPEND, readNotice, readUpdates } from '@/db/note-log';
import { noteSnapshots, noteUpdates } from '@/db/schema/notes';
import { type NoteKey, noteKeyOf } from '@/lib/access/note-key';
import { noteText } from '@/lib/notes/note-content';
import { applyStored } from '@/lib/notes/note-sync';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';
import { grantFor, listen, makePlace, type Place } from '@/tests/server/sync/note-server';
import { type TestDatabase, testDatabase } from '@/tests/support/database';

let database: TestDatabase;
let place: Place;
let key: NoteKey;
let userId: string;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.end());
beforeEach(async () => {
  place = await makePlace(database.db, { empty: true });
  key = noteKeyOf(grantFor(place), place.noteId);
  userId = place.people[0]?.id ?? '';
});

/** The updates that typing these words one after the other into a new note makes. */
function typing(words: string[]): Uint8Array[] {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const text = new Y.XmlText();
  const line = new Y.XmlElement('paragraph');
  for (const [index, word] of words.entries()) {
    doc.transact(() => {
      if (index === 0) doc.getXmlFragment(NOTE_FRAGMENT).insert(0, [line]);
      if (index === 0) line.insert(0, [text]);
      text.insert(text.length, word);
    });
  }
  return updates;
}

const append = (updates: readonly Uint8Array[]) =>
  appendUpdates(
    database.db,
    updates.map((update) => ({ key, entries: [{ update, userId }] })),
    'me',
  );

async function text(): Promise<string> {
  const doc = new Y.Doc();
  applyStored(doc, await loadNote(database.db, key));
  return noteText(doc.getXmlFragment(NOTE_FRAGMENT));
}

const rowCount = () => database.db.$count(noteUpdates, eq(noteUpdates.noteId, place.noteId));

describe('the log', () => {
  it('gives back what was appended, in order and byte for byte', async () => {
    const updates = typing(['a', 'b', 'c']);
    const seqs = await append(updates);
    expect(seqs).toHaveLength(3);
    expect([...seqs].sort((one, other) => one - other)).toEqual(seqs);
    const stored = await loadNote(database.db, key);
    expect(stored.snapshot).toBeNull();
    expect(stored.updates.map((update) => [...update])).toEqual(updates.map((update) => [...update]));
    expect(stored.bytes).toBe(updates.reduce((sum, update) => sum + update.length, 0));
    const some = await readUpdates(database.db, key, [seqs[2] ?? 0, seqs[0] ?? 0]);
    expect(some.map((row) => row.seq)).toEqual([seqs[0], seqs[2]]);
    expect(await text()).toBe('abc');
  });

  it('tells the channel which rows of which notes were committed, and by whom', async () => {
    const listening = await listen(database.connection);
    const heard: (string | null)[] = [];
    const payload = new Promise<void>((resolve) => {
      listening.subscribe((one) => {
        heard.push(one);
        resolve();
      });
    });
    const seqs = await append(typing(['a', 'b']));
    await payload;
    expect(readNotice(heard[0] ?? '')).toEqual({
      writer: 'me',
      rows: seqs.map((seq) => ({ noteId: place.noteId, seq })),
    });
    await listening.end();
  });

  it('takes as many rows at once as one notice can name', async () => {
    const updates = typing(Array.from({ length: MAX_APPEND + 1 }, (_, index) => `${index % 10}`));
    await append(updates.slice(0, MAX_APPEND));
    await expect(append(updates)).rejects.toThrow(RangeError);
    expect(await rowCount()).toBe(MAX_APPEND);
  });

  it('holds what several people wrote within a few ms in one row, in its order', async () => {
    const updates = typing(['a', 'b', 'c', 'd']);
    const other = place.people[1]?.id ?? '';
    const writers = [userId, other, null, userId];
    const entries = updates.map((update, at) => ({ update, userId: writers[at] ?? null }));
    const [seq] = await appendUpdates(database.db, [{ key, entries }], 'me');
    expect(await rowCount()).toBe(1);
    const stored = await loadNote(database.db, key);
    expect(stored.updates.map((update) => [...update])).toEqual(updates.map((update) => [...update]));
    expect(stored.rows).toBe(1);
    const [row] = await readUpdates(database.db, key, [seq ?? 0]);
    expect(row?.updates).toHaveLength(4);
    expect(await compactNote(database.db, key)).toMatchObject({ rows: 1 });
    expect(await text()).toBe('abcd');
  });

  it('shows nothing of a note to the key of another project', async () => {
    const seqs = await append(typing(['secret']));
    const stranger = noteKeyOf({ projectId: (await makePlace(database.db)).projectId }, place.noteId);
    expect((await loadNote(database.db, stranger)).updates).toEqual([]);
    expect(await readUpdates(database.db, stranger, seqs)).toEqual([]);
    expect(await compactNote(database.db, stranger)).toEqual({ rows: 0, bytes: 0 });
    const rows = [{ key: stranger, entries: [{ update: new Uint8Array([0, 0]), userId }] }];
    await expect(appendUpdates(database.db, rows, 'me')).rejects.toThrow();
    expect(await rowCount()).toBe(1);
  });

  it('reads no notice where there is none', () => {
    expect(readNotice('')).toBeNull();
    expect(readNotice('me')).toBeNull();
    expect(readNotice('me note:x')).toBeNull();
  });
});

describe('compaction', () => {
  it('keeps the content and removes exactly the rows it merged, twice in a row too', async () => {
    const updates = typing(['a', 'b', 'c', 'd']);
    await append(updates.slice(0, 2));
    expect(await compactNote(database.db, key)).toMatchObject({ rows: 2 });
    expect(await rowCount()).toBe(0);
    await append(updates.slice(2));
    expect(await text()).toBe('abcd');
    expect(await compactNote(database.db, key)).toMatchObject({ rows: 2 });
    expect(await text()).toBe('abcd');
    expect(await compactNote(database.db, key)).toEqual({ rows: 0, bytes: 0 });
  });

  it('leaves a row alone that has a lower number but was committed later', async () => {
    const [first, second] = typing(['a', 'b']);
    if (!first || !second) throw new Error('Two updates are needed');
    const client = await database.db.$client.connect();
    await client.query('begin');
    // This transaction takes its number first and commits last.
    await client.query(
      'insert into note_updates (project_id, note_id, update, user_id) values ($1, $2, $3, $4)',
      [key.projectId, key.noteId, Buffer.from(second), userId],
    );
    await append([first]);
    expect(await compactNote(database.db, key)).toMatchObject({ rows: 1 });
    await client.query('commit');
    client.release();
    expect(await rowCount()).toBe(1);
    expect(await text()).toBe('ab');
    expect(await compactNote(database.db, key)).toMatchObject({ rows: 1 });
    expect(await text()).toBe('ab');
  });

  it('does not merge a log with a gap: what waits for the missing part would be lost', async () => {
    const [first, second, third] = typing(['a', 'b', 'c']);
    if (!first || !second || !third) throw new Error('Three updates are needed');
    await append([first, third]);
    expect(await compactNote(database.db, key)).toBeNull();
    expect(await rowCount()).toBe(2);
    await append([second]);
    expect(await compactNote(database.db, key)).toMatchObject({ rows: 3 });
    expect(await text()).toBe('abc');
  });

  it('loses nothing while writers go on and several compact at once', async () => {
    const updates = typing(Array.from({ length: 300 }, (_, index) => `${index},`));
    let done = false;
    const writing = (async () => {
      for (let at = 0; at < updates.length; at += 3) await append(updates.slice(at, at + 3));
      done = true;
    })();
    const compacting = [0, 1].map(async () => {
      let merged = 0;
      while (!done) merged += (await compactNote(database.db, key))?.rows ?? 0;
      return merged;
    });
    await writing;
    const merged = (await Promise.all(compacting)).reduce((sum, rows) => sum + rows, 0);
    expect(merged + (await rowCount())).toBe(300);
    expect(merged).toBeGreaterThan(0);
    expect(await text()).toBe(Array.from({ length: 300 }, (_, index) => `${index},`).join(''));
    const [snapshot] = await database.db
      .select()
      .from(noteSnapshots)
      .where(eq(noteSnapshots.noteId, key.noteId));
    expect(snapshot?.projectId).toBe(key.projectId);
  });
});

describe('a snapshot', () => {
  const here = () => eq(noteSnapshots.noteId, key.noteId);
  const snapshots = () => database.db.select().from(noteSnapshots).where(here());

  it('longer than what is read at once comes back byte for byte, with its mark and its state vector', async () => {
    const words = Array.from({ length: 60 }, (_, at) => `${at + 10}.`.repeat(1_200));
    await append(typing(words));
    await compactNote(database.db, key);
    const [{ state } = expect.fail('no snapshot')] = await snapshots();
    expect(state.byteLength).toBeGreaterThan(3 * 65_536);
    const stored = await loadNote(database.db, key);
    expect(Buffer.compare(stored.snapshot ?? expect.fail('none'), state)).toBe(0);
    expect(stored.isMarked).toBe(true);
    expect([...(stored.vector ?? [])]).toEqual([...Y.encodeStateVectorFromUpdate(state)]);
    expect(await text()).toBe(words.join(''));
  });

  it('whose mark is not that of its bytes or of its state vector is looked over again', async () => {
    await append(typing(['one ', 'two']));
    await compactNote(database.db, key);
    const [{ mark } = expect.fail('no snapshot')] = await snapshots();
    const changed = Buffer.from(mark ?? expect.fail('no mark'));
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    await database.db.update(noteSnapshots).set({ mark: changed }).where(here());
    expect(await loadNote(database.db, key)).toMatchObject({ isMarked: false, vector: null });
    await database.db
      .update(noteSnapshots)
      .set({ mark: changed.subarray(0, 32) })
      .where(here());
    expect(await loadNote(database.db, key)).toMatchObject({ isMarked: false, vector: null });
  });
});
