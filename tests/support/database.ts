import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { type Connection, type Database, openClient, openDatabase } from '../../db/client';

export type TestDatabase = {
  db: Database;
  connection: Connection & { database: string };
  /** Closes the pool and drops the database, cutting off whoever is still connected. */
  end(): Promise<void>;
};

export type EmptyDatabase = Omit<TestDatabase, 'db'>;

/** A database of its own without a single table. */
export async function emptyDatabase(): Promise<EmptyDatabase> {
  const owner = inject('postgres');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await run(owner, `create database ${name}`);
  return {
    connection: { ...owner, database: name },
    end: () => run(owner, `drop database ${name} with (force)`),
  };
}

/** A migrated, empty database of its own, on the Postgres that this test run started. */
export async function testDatabase(): Promise<TestDatabase> {
  const owner = inject('postgres');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await run(owner, `create database ${name} template ${inject('template')} strategy file_copy`);
  const connection = { ...owner, database: name };
  const db = openDatabase(connection);
  return {
    db,
    connection,
    end: async () => {
      await db.$client.end();
      await run(owner, `drop database ${name} with (force)`);
    },
  };
}

async function run(connection: Connection, statement: string): Promise<void> {
  const client = openClient(connection);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
