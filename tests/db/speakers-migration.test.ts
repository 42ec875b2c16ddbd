import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PoolClient } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Id } from '@/lib/ids';
import { newId } from '@/lib/new-id';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { ROOT } from '@/tests/support/source-files';

const FOLDER = join(ROOT, 'db', 'migrations');
const FILES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.sql'))
  .sort();
const [MIGRATION = ''] = FILES.filter((file) => file.endsWith('_speakers.sql'));
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
  for (const file of files)
    for (const statement of readFileSync(join(FOLDER, file), 'utf8').split('--> statement-breakpoint'))
      await query(statement);
}

describe('The names that quotes were given to', () => {
  it('become one speaker for each name, whatever its case and accents, and the search finds them still', async () => {
    await run(FILES.slice(0, FILES.indexOf(MIGRATION)));
    const [user, team, project, source] = Array.from({ length: 4 }, newId);
    await query(`insert into users (id, email, name) values ($1, 'a@example.org', 'Ada')`, [user]);
    await query(`insert into teams (id, name) values ($1, 'Desk')`, [team]);
    await query(`insert into projects (id, team_id, name) values ($1, $2, 'Story')`, [project, team]);
    await query(`insert into sources (id, project_id, title, created_by) values ($1, $2, 'A source', $3)`, [
      source,
      project,
      user,
    ]);
    const names = [
      ' Inge  Özdemir ',
      'inge ozdemir',
      'Ministry of Works',
      '',
      null,
      'Groß',
      'GROß',
      'Gross',
      'gross',
    ];
    const ids = names.map(() => newId());
    for (const [at, speaker] of names.entries()) {
      const quote = speaker === null ? null : { speaker, style: 'direct', hedged: at === 0 };
      await query(
        `insert into annotations (id, project_id, source_id, version, creator_id, motivation, start, "end", exact, prefix, suffix, quote)
         values ($1, $2, $3, 1, $4, 'quoting', 0, 5, 'Words', '', '', $5)`,
        [ids[at], project, source, user, quote],
      );
    }
    await run([MIGRATION]);
    const { rows: speakers } = await query(
      'select id, name, kind, aliases, first_mention_id, root_id from speakers order by name',
    );
    // A spelling is an alias where only the search takes it for the same: what reads the log does not.
    expect(speakers.map(({ name, kind, aliases }) => [name, kind, aliases])).toEqual([
      ['Groß', 'Person', ['Gross']],
      ['Inge Özdemir', 'Person', []],
      ['Ministry of Works', 'Organization', []],
    ]);
    const [gross, inge, ministry] = speakers;
    expect(inge.first_mention_id).toBe(ids[0]);
    for (const { id, root_id: rootId } of speakers) {
      expect(Id.safeParse(id).success).toBe(true);
      expect(rootId).toBe(id);
    }
    const { rows: marks } = await query('select speaker_id, written, quote from annotations order by id');
    expect(marks.map(({ speaker_id: id }) => id)).toEqual([
      ...[inge.id, inge.id, ministry.id, null, null],
      ...Array.from({ length: 4 }, () => gross.id),
    ]);
    expect(marks.map(({ written }) => written)).toEqual([
      'Inge Özdemir',
      'inge ozdemir',
      'Ministry of Works',
      '',
      '',
      ...names.slice(5),
    ]);
    expect(marks[0].quote).toEqual({ style: 'direct', hedged: true, hedges: [], chain: [], level: null });
    expect(marks[4].quote).toBeNull();
    const { rows: found } = await query(
      `select id from search_documents where tsv @@ ('''' || gloss_search_facet('v', $1::text) || '''')::tsquery order by id`,
      [inge.id],
    );
    expect(found.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const { rows: names2 } = await query('select folded from speaker_names order by folded');
    expect(names2.map(({ folded }) => folded)).toEqual(['gross', 'inge ozdemir', 'ministry of works']);
  });
});
