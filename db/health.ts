import { sql } from 'drizzle-orm';
import type { DatabaseFacts } from '../lib/doctor/database';
import { readJournal } from './backups/level';
import type { Db } from './client';
import { notes } from './schema/notes';
import { noticeMails } from './schema/notice-mails';
import { projects } from './schema/projects';
import { webhooks } from './schema/webhooks';

/** The triggers that keep rows from being changed or removed, and marks on protected passages from being shown. */
const GUARDS = [
  'events_append_only',
  'events_unchanged',
  'events_stay',
  'account_events_append_only',
  'account_events_unchanged',
  'source_texts_immutable',
  'frozen_queries_append_only',
  'frozen_queries_unchanged',
  'frozen_queries_stay',
  'frozen_analyses_append_only',
  'frozen_analyses_unchanged',
  'frozen_analyses_stay',
  'code_versions_immutable',
  'code_versions_stay',
  'annotations_guard',
  'annotation_targets_guard',
  'audit_entries_append_only',
  'audit_entries_unchanged',
  'audit_chains_go_on',
  'audit_chains_stay',
];

type Row = {
  version: string;
  fsync: string;
  encoding: string;
  there: string[] | null;
  run: string[] | null;
  clock: number;
  allowed: number;
  used: number;
};

/** What a doctor asks Postgres about itself; works on a database that is not migrated, too. */
export async function readHealth(db: Db, migrationsFolder: string): Promise<DatabaseFacts> {
  const { rows: is } = await db.execute<{ migrated: boolean }>(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as migrated`,
  );
  const run = is[0]?.migrated
    ? sql`(select array_agg(created_at::text) from drizzle.__drizzle_migrations)`
    : sql`null::text[]`;
  const asked = Date.now();
  const { rows } = await db.execute<Row>(sql`
    select current_setting('server_version_num') as version, current_setting('fsync') as fsync,
      current_setting('server_encoding') as encoding,
      (select array_agg(tgname::text) from pg_trigger where tgenabled <> 'D' and tgname = any(${sql.param(GUARDS)})) as there,
      ${run} as run,
      (extract(epoch from clock_timestamp()) * 1000)::float8 as clock,
      current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true), '0')::int as allowed,
      (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as used`);
  const answered = Date.now();
  const [row] = rows as [Row];
  return {
    version: Number(row.version),
    fsync: row.fsync === 'on',
    encoding: row.encoding,
    guards: { there: row.there ?? [], wanted: GUARDS },
    migrations: {
      run: (row.run ?? []).map(Number),
      known: readJournal(migrationsFolder).map(({ at }) => at),
    },
    skewMs: (asked + answered) / 2 - row.clock,
    connections: { allowed: row.allowed, used: row.used },
  };
}

/** Mails about notices: how many are due, since when (s) the first of them, and how many were given up in the last week. */
export async function readMailQueue(db: Db): Promise<{ due: number; oldestSeconds: number; gaveUp: number }> {
  const { rows } = await db.execute<{ due: number; oldest: number | null; gave_up: number }>(sql`
    select count(*) filter (where done is null and gave_up is null and due <= now())::int as due,
      extract(epoch from now() - min(due) filter (where done is null and gave_up is null and due <= now()))::float8 as oldest,
      count(*) filter (where gave_up > now() - interval '7 days')::int as gave_up
    from ${noticeMails}
    where (done is null and gave_up is null) or gave_up > now() - interval '7 days'`);
  const [row] = rows;
  return { due: row?.due ?? 0, oldestSeconds: row?.oldest ?? 0, gaveUp: row?.gave_up ?? 0 };
}

/** The hosts of webhooks that were switched off by themselves in the last week, as what they told was not taken or could not be signed. */
export async function readGivenUpWebhooks(db: Db): Promise<string[]> {
  const { rows } = await db.execute<{ url: string }>(sql`
    select w.url from ${webhooks} w join ${projects} p on p.id = w.project_id
    where w.deleted is null and p.deleted is null and w.disabled > now() - interval '7 days'
      and w.disabled_because in ('failing', 'gone', 'unreadable')
    order by w.disabled`);
  return rows.map(({ url }) => new URL(url).host);
}

/** The notes of the whole instance that are not deleted, some at a time, for whoever looks them all over. */
export async function* everyNote(db: Db): AsyncGenerator<{ projectId: string; id: string }> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const page = await db
      .select({ projectId: notes.projectId, id: notes.id })
      .from(notes)
      .where(sql`${notes.deleted} is null and ${notes.id} > ${after}`)
      .orderBy(notes.id)
      .limit(200);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}
