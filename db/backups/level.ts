import { readMigrationFiles } from 'drizzle-orm/migrator';
import type pg from 'pg';
import { AppError } from '../../lib/errors';

export type Migration = {
  readonly at: number;
  readonly hash: string;
  readonly statements: readonly string[];
};

/** The migrations of this program, oldest first; `at` is when each was made, in ms. */
export function readJournal(folder: string): Migration[] {
  return readMigrationFiles({ migrationsFolder: folder }).map(({ folderMillis, hash, sql }) => ({
    at: folderMillis,
    hash,
    statements: sql,
  }));
}

/**
 * Makes the tables as they were when these migrations had run, inside the caller's transaction, and notes them as drizzle's own
 * migrator does. @throws AppError invalid when one of them is unknown here: a newer program made it.
 */
export async function makeTables(client: pg.Client, folder: string, level: readonly number[]): Promise<void> {
  const known = readJournal(folder);
  const wanted = known.filter(({ at }) => level.includes(at));
  if (wanted.length < level.length)
    throw new AppError(
      'invalid',
      'This backup was made by a newer Gloss than this one. Update this one first, then restore.',
    );
  if (wanted.some((one, nth) => one !== known[nth]))
    throw new AppError('invalid', 'This backup was made by a Gloss with other migrations than this one.');
  await client.query('create schema if not exists drizzle');
  await client.query(
    'create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
  );
  for (const { at, hash, statements } of wanted) {
    for (const statement of statements) await client.query(statement);
    await client.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
      hash,
      at,
    ]);
  }
}
