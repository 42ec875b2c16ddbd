import { sql } from 'drizzle-orm';
import type { ClientBase } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '@/db/client';
import { type TestDatabase, testDatabase } from '@/tests/support/database';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.end());

it('A connection that is cut off between two queries of a transaction fails that transaction and nothing else', async () => {
  const db = openDatabase(database.connection, { max: 1 });
  const connected = new Promise<ClientBase>((resolve) => db.$client.once('connect', resolve));
  const cutOff = db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    const client = await connected;
    const ended = new Promise((resolve) => client.once('end', resolve));
    await database.db.execute(sql`select pg_terminate_backend(${rows[0]?.pid}::integer)`);
    // Nobody is asking anything while the word of it comes.
    await ended;
    await tx.execute(sql`select 1`);
  });
  await expect(cutOff).rejects.toThrow();
  expect((await db.execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }]);
  await db.$client.end();
});
