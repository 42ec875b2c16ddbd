import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '@/lib/new-id';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { ROOT } from '@/tests/support/source-files';

const FOLDER = join(ROOT, 'db', 'migrations');
const MIGRATION = '0010_source-versions.sql';
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.end());

const query = (sql: string, values: unknown[] = []) => database.db.$client.query(sql, values);

async function run(file: string): Promise<void> {
  for (const statement of readFileSync(join(FOLDER, file), 'utf8').split('--> statement-breakpoint')) {
    await query(statement);
  }
}

it('gives marks and texts from before versions their place in the first one, and leaves the texts unchangeable', async () => {
  // An empty schema as an older program left it.
  await query('drop schema public cascade');
  await query('create schema public');
  const older = readdirSync(FOLDER).filter((file) => file.endsWith('.sql') && file < MIGRATION);
  for (const file of older.sort()) await run(file);
  const [user, team, project, source, mark] = Array.from({ length: 5 }, newId);
  await query(`insert into users (id, email, name) values ($1, 'a@example.org', 'Ada')`, [user]);
  await query(`insert into teams (id, name) values ($1, 'Desk')`, [team]);
  await query(`insert into projects (id, team_id, name) values ($1, $2, 'Story')`, [project, team]);
  await query(`insert into sources (id, project_id, title, created_by) values ($1, $2, 'Report', $3)`, [
    source,
    project,
    user,
  ]);
  await query(
    `insert into source_texts (project_id, source_id, version, hash, html, text, length)
     values ($1, $2, 1, 'x', '<p>Some words</p>', 'Some words', 10)`,
    [project, source],
  );
  await query(
    `insert into annotations (id, project_id, source_id, version, creator_id, motivation, start, "end", exact, prefix, suffix)
     values ($1, $2, $3, 1, $4, 'highlighting', 0, 4, 'Some', '', ' words')`,
    [mark, project, source, user],
  );
  await run(MIGRATION);
  const texts = await query('select created_by, how, final_url, response_headers from source_texts');
  expect(texts.rows).toEqual([{ created_by: user, how: null, final_url: null, response_headers: null }]);
  const targets = await query(
    'select annotation_id, source_id, version, start, "end", exact, suffix, outcome, state from annotation_targets',
  );
  expect(targets.rows).toEqual([
    {
      annotation_id: mark,
      source_id: source,
      version: 1,
      start: 0,
      end: 4,
      exact: 'Some',
      suffix: ' words',
      outcome: 'made',
      state: 'settled',
    },
  ]);
  await expect(query(`update source_texts set text = 'Other'`)).rejects.toThrow('never changed');
});
