import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Transaction } from '@/db/client';
import { notes } from '@/db/schema/notes';
import { searchLater } from '@/db/search/later';
import { newId } from '@/lib/new-id';
import { makePlace, type Place } from '@/tests/server/sync/note-server';
import { type TestDatabase, testDatabase } from '@/tests/support/database';

let database: TestDatabase;
let place: Place;
let id: string;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.end());
beforeEach(async () => {
  place = await makePlace(database.db);
  id = newId();
});

const query = (sql: string, values: unknown[]) => database.db.$client.query(sql, values);

async function found(word: string): Promise<string[]> {
  const { rows } = await query(
    `select id from search_documents where project_id = $1 and tsv @@ plainto_tsquery('gloss_simple', $2)`,
    [place.projectId, word],
  );
  return rows.map((row) => row.id);
}

const write = (tx: Transaction, title: string) =>
  tx.insert(notes).values({
    ...{ id, projectId: place.projectId, title, createdBy: place.people[0]?.id ?? '' },
  });

describe('What is written while the search waits', () => {
  it('is found as it is at the end, and never as it was in between', async () => {
    await database.db.transaction(async (tx) => {
      await searchLater(tx, async () => {
        await write(tx, 'draughty');
        await tx.update(notes).set({ title: 'finished' });
        const { rows } = await tx.execute(`select 1 from search_documents where id = '${id}'`);
        expect(rows).toEqual([]);
      });
      const { rows } = await tx.execute(`select 1 from search_documents where id = '${id}'`);
      expect(rows).toHaveLength(1);
      // Behind it, all is as ever.
      await tx.update(notes).set({ text: 'afterwards' });
    });
    expect(await found('finished')).toContain(id);
    expect(await found('afterwards')).toContain(id);
    expect(await found('draughty')).toEqual([]);
    const learnt = await query('select word from search_words where project_id = $1 and word = any($2)', [
      place.projectId,
      ['draughty', 'finished'],
    ]);
    expect(learnt.rows).toEqual([{ word: 'finished' }]);
  });

  it('is gone with its transaction, and leaves nothing to the next on that connection', async () => {
    const client = await database.db.$client.connect();
    try {
      await client.query('begin');
      await client.query('create temporary table search_waiting (noun text, id uuid) on commit drop');
      await client.query('rollback');
      await client.query(
        `insert into notes (id, project_id, title, created_by) values ($1, $2, 'standing', $3)`,
        [...[id, place.projectId, place.people[0]?.id]],
      );
    } finally {
      client.release();
    }
    expect(await found('standing')).toContain(id);
  });

  it('is no concern of those who write elsewhere meanwhile', async () => {
    const other = newId();
    await database.db.transaction((tx) =>
      searchLater(tx, async () => {
        await write(tx, 'ours');
        await query(`insert into notes (id, project_id, title, created_by) values ($1, $2, 'theirs', $3)`, [
          ...[other, place.projectId, place.people[0]?.id],
        ]);
        expect(await found('theirs')).toEqual([other]);
      }),
    );
    expect(await found('ours')).toEqual([id]);
  });
});
