import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { selectAnnotation } from '@/db/annotations';
import { selectCodes } from '@/db/codebook';
import { selectThreads } from '@/db/threads';
import type { Grant } from '@/lib/access/grant';
import { newId } from '@/lib/new-id';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { ROOT } from '@/tests/support/source-files';

const FOLDER = join(ROOT, 'db', 'migrations');
const LAST = '0013_search.sql';
const FILES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.sql'))
  .sort();
const names = [
  ...['user', 'team', 'project', 'source', 'denial', 'delay', 'gone', 'mark', 'quote', 'thread', 'first'],
  ...['second', 'claim', 'evidence', 'changed', 'given'],
] as const;
const ids = Object.fromEntries(names.map((name) => [name, newId()])) as Record<
  (typeof names)[number],
  string
>;
let database: TestDatabase;

beforeEach(async () => {
  database = await testDatabase();
  await query('drop schema public cascade');
  await query('create schema public');
});
afterEach(() => database.end());

const query = (sql: string, values: unknown[] = []) => database.db.$client.query(sql, values);

/** All of them or none, as the program migrates. */
async function run(files: readonly string[]): Promise<void> {
  const client = await database.db.$client.connect();
  try {
    await client.query('begin');
    for (const file of files)
      for (const statement of readFileSync(join(FOLDER, file), 'utf8').split('--> statement-breakpoint'))
        await client.query(statement);
    await client.query('commit');
  } finally {
    client.release();
  }
}

/** One of everything that a project had before claims could be discussed, codes stood in a tree and quotes had speakers. */
async function plant(): Promise<void> {
  const { user, team, project, source, mark, quote, thread, claim } = ids;
  await query(`insert into users (id, email, name) values ($1, 'a@example.org', 'Ada')`, [user]);
  await query(`insert into teams (id, name) values ($1, 'Desk')`, [team]);
  await query(`insert into projects (id, team_id, name) values ($1, $2, 'Story')`, [project, team]);
  await query(
    `insert into sources (id, project_id, title, language, created_by) values ($1, $2, 'A bridge report', 'en', $3)`,
    [source, project, user],
  );
  await query(
    `insert into source_texts (project_id, source_id, version, hash, html, text, length, created_by)
     values ($1, $2, 1, 'x', '', 'We never saw the pelican.', 25, $3)`,
    [project, source, user],
  );
  for (const [id, name, deleted] of [
    [ids.denial, 'Denial', null],
    [ids.delay, 'Delay', null],
    [ids.gone, 'Gone', '2026-01-02'],
  ])
    await query(
      `insert into codes (id, project_id, name, colour, definition, deleted) values ($1, $2, $3, 'teal', 'Means it', $4)`,
      [id, project, name, deleted],
    );
  for (const [id, motivation, quoted] of [
    [mark, 'classifying', null],
    [quote, 'quoting', { speaker: 'Inge Lind', style: 'indirect', hedged: true }],
  ])
    await query(
      `insert into annotations (id, project_id, source_id, version, creator_id, motivation, start, "end", exact, prefix, suffix, quote)
       values ($1, $2, $3, 1, $4, $5, 0, 24, 'We never saw the pelican', '', '.', $6)`,
      [id, project, source, user, motivation, quoted],
    );
  for (const code of [ids.denial, ids.delay, ids.gone])
    await query('insert into annotation_codes (project_id, annotation_id, code_id) values ($1, $2, $3)', [
      project,
      mark,
      code,
    ]);
  await query('insert into threads (id, project_id, annotation_id) values ($1, $2, $3)', [
    thread,
    project,
    mark,
  ]);
  for (const [at, [id, text]] of [
    [ids.first, 'Which flamingo?'],
    [ids.second, 'The walrus.'],
  ].entries())
    await query(
      `insert into comments (id, project_id, thread_id, creator_id, text, created) values ($1, $2, $3, $4, $5, now() + $6 * interval '1s')`,
      [id, project, thread, user, text, at],
    );
  await query(
    `insert into claims (id, project_id, wording, status, owner_id, creator_id) values ($1, $2, 'The zeppelin was seen.', 'unverified', $3, $3)`,
    [claim, project, user],
  );
  await query(
    `insert into evidence (id, project_id, claim_id, annotation_id, stance, creator_id) values ($1, $2, $3, $4, 'supports', $5)`,
    [ids.evidence, project, claim, quote, user],
  );
  await query(
    `insert into notices (id, project_id, user_id, kind, source_id, version, annotation_ids) values ($1, $2, $3, 'source-changed', $4, 1, $5)`,
    [ids.changed, project, user, source, [mark]],
  );
  await query(
    `insert into notices (id, project_id, user_id, kind, claim_ids) values ($1, $2, $3, 'claim-assigned', $4)`,
    [ids.given, project, user, [claim]],
  );
}

const TABLES = [
  ...['codes', 'annotation_codes', 'annotations', 'threads', 'comments', 'claims', 'evidence', 'notices'],
] as const;
async function counts(): Promise<Record<string, number>> {
  const rows = TABLES.map((table) => query(`select count(*)::int as count from ${table}`));
  return Object.fromEntries((await Promise.all(rows)).map(({ rows: [row] }, at) => [TABLES[at], row.count]));
}
async function found(words: string): Promise<string[]> {
  const { rows } = await query(
    `select id from search_documents where tsv @@ phraseto_tsquery(gloss_search_config('en'), $1)`,
    [words],
  );
  return rows.map(({ id }) => id).sort();
}
/** What is found by something that a document is, has or is of: `v`, its speaker, for one. */
async function foundBy(letter: string, value: string): Promise<string[]> {
  const { rows } = await query(
    `select id from search_documents where tsv @@ ('''' || gloss_search_facet($1, $2) || '''')::tsquery`,
    [letter, value],
  );
  return rows.map(({ id }) => id).sort();
}

it('a project as the search first knew it goes through all that came since in one go, and nothing is lost', async () => {
  const after = FILES.filter((file) => file > LAST);
  await run(FILES.filter((file) => file <= LAST));
  await plant();
  const before = await counts();
  expect(before).toMatchObject({ codes: 3, annotation_codes: 3, annotations: 2, comments: 2, notices: 2 });
  await run(after);
  expect(await counts()).toEqual(before);

  const grant = { projectId: ids.project, actor: { userId: ids.user } } as Grant;
  const codes = await selectCodes(database.db, grant);
  expect(codes).toMatchObject([
    { id: ids.denial, definitionVersion: 1, parentId: null },
    { id: ids.delay, definitionVersion: 1, parentId: null },
  ]);
  expect(new Set(codes.map(({ rank }) => rank)).size).toBe(2);
  const { rows: codings } = await query(
    'select code_id, definition_code_id, definition_version from annotation_codes',
  );
  for (const coding of codings)
    expect(coding).toEqual({ ...coding, definition_code_id: coding.code_id, definition_version: 1 });

  const quote = await selectAnnotation(database.db, grant, ids.quote);
  expect(quote?.quote).toMatchObject({
    speaker: 'Inge Lind',
    style: 'indirect',
    hedged: true,
    hedges: [],
    chain: [],
  });
  const threads = await selectThreads(database.db, grant, { annotation: ids.mark }, { limit: 10 });
  expect(threads).toMatchObject([
    {
      id: ids.thread,
      sourceId: ids.source,
      claimId: null,
      revision: 1,
      comments: [{ id: ids.first }, { id: ids.second }],
    },
  ]);
  const { rows: notices } = await query(
    'select id, follow_up_id, thread_id, claim_ids from notices order by id',
  );
  expect(notices).toEqual([
    { id: ids.changed, follow_up_id: null, thread_id: null, claim_ids: [] },
    { id: ids.given, follow_up_id: null, thread_id: null, claim_ids: [ids.claim] },
  ]);

  expect(await found('pelican')).toEqual([ids.source, ids.mark, ids.quote].sort());
  // A discussion is found by what was said in it, its first words as the discussion itself.
  expect(await found('flamingo')).toEqual([ids.first]);
  expect(await found('walrus')).toEqual([ids.second]);
  expect(await found('zeppelin')).toEqual([ids.claim]);
  expect(await foundBy('c', ids.delay)).toEqual([ids.mark]);
  expect(await foundBy('o', ids.user)).toEqual([ids.claim]);
  expect(await foundBy('v', quote?.quote?.speakerId ?? '')).toEqual([ids.quote]);
  // And what is written from then on is followed as what was there.
  await query(`update comments set text = 'The ostrich.' where id = $1`, [ids.second]);
  expect([await found('walrus'), await found('ostrich')]).toEqual([[], [ids.second]]);
});
