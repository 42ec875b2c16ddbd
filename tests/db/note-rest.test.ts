import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { appendUpdates } from '@/db/note-log';
import { saveNoteRest } from '@/db/notes';
import { annotations } from '@/db/schema/annotations';
import { noteChips, notes } from '@/db/schema/notes';
import { sources } from '@/db/schema/sources';
import { noteKeyOf } from '@/lib/access/note-key';
import { newId } from '@/lib/new-id';
import { grantFor, makePlace, type Place } from '@/tests/server/sync/note-server';
import { type TestDatabase, testDatabase } from '@/tests/support/database';

let database: TestDatabase;
let place: Place;
let userId: string;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.end());
beforeEach(async () => {
  place = await makePlace(database.db);
  userId = place.people[0]?.id ?? '';
});

const save = (text: string, annotationIds: string[], projectId = place.projectId) =>
  database.db.transaction((tx) => saveNoteRest(tx, { projectId }, place.noteId, { text, annotationIds }));

describe('a note at rest', () => {
  async function annotate(projectId: string): Promise<string> {
    const [sourceId, id] = [newId(), newId()];
    await database.db.insert(sources).values({ id: sourceId, projectId, title: 'Report', createdBy: userId });
    await database.db.insert(annotations).values({
      id,
      projectId,
      sourceId,
      version: 1,
      creatorId: userId,
      motivation: 'highlighting',
      start: 0,
      end: 1,
      exact: 'a',
      prefix: '',
      suffix: '',
    });
    return id;
  }
  const chips = async () => {
    const rows = await database.db.select().from(noteChips).where(eq(noteChips.noteId, place.noteId));
    return rows.map((row) => row.annotationId).sort();
  };

  it('keeps its text and its chips, without those the project does not have', async () => {
    const [one, two] = [await annotate(place.projectId), await annotate(place.projectId)];
    const foreign = await annotate((await makePlace(database.db)).projectId);
    expect((await save('What they said', [one, two, foreign, newId()]))?.annotationIds.sort()).toEqual(
      [one, two].sort(),
    );
    expect(await chips()).toEqual([one, two].sort());
    const [note] = await database.db.select().from(notes).where(eq(notes.id, place.noteId));
    expect(note?.text).toBe('What they said');
    await save('Less', [two]);
    expect(await chips()).toEqual([two]);
    await save('', []);
    expect(await chips()).toEqual([]);
  });

  it('tells nothing when nothing changed', async () => {
    const one = await annotate(place.projectId);
    expect(await save('same', [one])).not.toBeNull();
    expect(await save('same', [one])).toBeNull();
  });

  it('holds up nothing that is typed in it while it is written down', async () => {
    const key = noteKeyOf(grantFor(place), place.noteId);
    const update = Y.encodeStateAsUpdate(new Y.Doc());
    await database.db.transaction(async (tx) => {
      await saveNoteRest(tx, { projectId: place.projectId }, place.noteId, {
        text: 'at rest',
        annotationIds: [],
      });
      await database.db.transaction(async (other) => {
        // Had it to wait for the transaction around it, it would wait for ever.
        await other.execute(sql`set local lock_timeout = '2s'`);
        expect(await appendUpdates(other, [{ key, entries: [{ update, userId }] }], 'me')).toHaveLength(1);
      });
    });
  });

  it('keeps nothing of a note that was deleted, or is of another project', async () => {
    expect(await save('foreign', [], (await makePlace(database.db)).projectId)).toBeNull();
    await database.db.update(notes).set({ deleted: new Date() }).where(eq(notes.id, place.noteId));
    expect(await save('late', [])).toBeNull();
  });
});
