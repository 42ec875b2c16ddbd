import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PoolClient } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '@/lib/new-id';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { ROOT } from '@/tests/support/source-files';

const FOLDER = join(ROOT, 'db', 'migrations');
const MIGRATION = '0013_search.sql';
const FILES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.sql'))
  .sort();
let database: TestDatabase;
let client: PoolClient;

beforeEach(async () => {
  database = await testDatabase();
  client = await database.db.$client.connect();
  await client.query('drop schema public cascade');
  await client.query('create schema public');
});
afterEach(async () => {
  client.release();
  await database.end();
});

const query = (sql: string, values: unknown[] = []) => client.query(sql, values);

async function run(files: readonly string[]): Promise<void> {
  for (const file of files) {
    for (const statement of readFileSync(join(FOLDER, file), 'utf8').split('--> statement-breakpoint')) {
      await query(statement);
    }
  }
}

/** A project with one source in German. */
async function plant(): Promise<string> {
  const [user, team, project, source] = Array.from({ length: 4 }, newId);
  await query(`insert into users (id, email, name) values ($1, 'a@example.org', 'Ada')`, [user]);
  await query(`insert into teams (id, name) values ($1, 'Desk')`, [team]);
  await query(`insert into projects (id, team_id, name) values ($1, $2, 'Story')`, [project, team]);
  await query(
    `insert into sources (id, project_id, title, language, created_by) values ($1, $2, 'Bericht', 'de', $3)`,
    [source, project, user],
  );
  await query(
    `insert into source_texts (project_id, source_id, version, hash, html, text, length, created_by)
     values ($1, $2, 1, 'x', '', 'José Peña prüfte Verträge.', 26, $3)`,
    [project, source, user],
  );
  return source as string;
}

async function found(words: string): Promise<string[]> {
  const { rows } = await query(
    'select id from search_documents where tsv @@ phraseto_tsquery(gloss_search_config($1), $2)',
    ['de-AT', words],
  );
  return rows.map(({ id }) => id);
}

describe('The migration to search', () => {
  it('takes up what was there before it', async () => {
    await run(FILES.filter((file) => file < MIGRATION));
    const source = await plant();
    await run([MIGRATION]);
    expect(await found('jose pena pruft')).toEqual([source]);
    const words = await query(`select word from search_words where word like 'vertra%'`);
    expect(words.rows).toHaveLength(1);
  });

  it('goes on where nobody may create extensions: words are found by their accents then', async () => {
    const role = `guest_${newId().replaceAll('-', '')}`;
    await query(`create role ${role}`);
    await query(`grant all on schema public to ${role}`);
    await query(`set role ${role}`);
    try {
      await run(FILES);
      const source = await plant();
      expect(await found('José')).toEqual([source]);
      expect(await found('jose')).toEqual([]);
      expect((await query(`select gloss_fold('GRÖSSE') as folded`)).rows).toEqual([{ folded: 'grösse' }]);
      expect(
        (await query('select from pg_extension where extname in ($1, $2)', ['unaccent', 'pg_trgm'])).rows,
      ).toEqual([]);
    } finally {
      await query('reset role');
      await query(`drop owned by ${role} cascade`);
      await query(`drop role ${role}`);
    }
  });
});
