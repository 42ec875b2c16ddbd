import { getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { type Head, LEFT_OUT, type Manifest, type TakenTable } from '../../lib/backups/backup';
import { AppError } from '../../lib/errors';
import { TURNS } from '../client';
import * as schema from '../schema';
import { readJournal } from './level';

const quoted = pg.escapeIdentifier;

/** Values as text that every Postgres reads the same, and as much time as it takes. */
const SETTINGS = [
  `datestyle = 'ISO, YMD'`,
  `intervalstyle = 'postgres'`,
  `timezone = 'UTC'`,
  'extra_float_digits = 3',
  `bytea_output = 'hex'`,
  'statement_timeout = 0',
  'lock_timeout = 0',
  'idle_in_transaction_session_timeout = 0',
];

/** Sets up a connection to read and write rows as backups hold them. */
export async function speakPlainly(client: pg.Client): Promise<void> {
  for (const setting of SETTINGS) await client.query(`set ${setting}`);
}

export type Moment = Pick<Head, 'at' | 'postgres' | 'migrations' | 'tables'> & {
  readonly sequences: Manifest['sequences'];
  /** Tables that are not Gloss's, and were left. */
  readonly strangers: readonly string[];
};

/**
 * Opens a transaction that sees the database as of one moment, while others go on writing, and says what there is to take.
 * The connection is the caller's, and only for this. @throws AppError invalid when no Gloss has ever used the database.
 */
export async function openMoment(client: pg.Client, migrationsFolder: string): Promise<Moment> {
  await speakPlainly(client);
  // Nobody changes tables from the moment to the lock on all of them.
  await client.query('select pg_advisory_lock_shared($1)', [TURNS.migrate]);
  await client.query('begin isolation level repeatable read read only');
  const { rows } = await client.query<{ at: Date; postgres: string; known: string | null }>(
    `select now() as at, current_setting('server_version_num') as postgres,
       to_regclass('drizzle.__drizzle_migrations') as known`,
  );
  const [now] = rows;
  if (now?.known == null)
    throw new AppError('invalid', 'This database has no tables of Gloss: there is nothing to back up.');
  const migrations = await readLevel(client);
  const found = await listTables(client);
  const strangers = strangersAmong(found, migrations, migrationsFolder);
  const tables = found.filter(({ name }) => !LEFT_OUT.has(name) && !strangers.includes(name));
  const all = tables.map(({ name }) => `public.${quoted(name)}`).join(', ');
  await client.query(`lock table ${all} in access share mode`);
  await client.query('select pg_advisory_unlock_shared($1)', [TURNS.migrate]);
  return {
    at: now.at.toISOString(),
    postgres: Number(now.postgres),
    migrations,
    tables,
    strangers,
    sequences: await listSequences(client),
  };
}

async function readLevel(client: pg.Client): Promise<number[]> {
  const { rows } = await client.query<{ at: string }>(
    'select created_at as at from drizzle.__drizzle_migrations order by created_at',
  );
  return rows.map(({ at }) => Number(at));
}

/** The tables of the database with what can be written of them, by name. Those of extensions are the extensions'. */
export async function listTables(client: pg.Client): Promise<TakenTable[]> {
  const { rows } = await client.query<TakenTable>(`
    select c.relname::text as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    group by c.relname order by c.relname`);
  return rows;
}

/** Tables that the newest Gloss does not know; in an older database every table is taken for one of Gloss's. */
function strangersAmong(
  tables: readonly TakenTable[],
  migrations: readonly number[],
  folder: string,
): string[] {
  if (migrations.at(-1) !== readJournal(folder).at(-1)?.at) return [];
  const ours = new Set<string>(
    Object.values(schema).flatMap((one) => (is(one, PgTable) ? [getTableName(one)] : [])),
  );
  return tables.map(({ name }) => name).filter((name) => !ours.has(name));
}

async function listSequences(client: pg.Client): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ name: string }>(
    `select relname::text as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'S' order by relname`,
  );
  const found: Manifest['sequences'] = [];
  for (const { name } of rows) {
    // Counters keep no history: this is where one stands now, which no row of the moment has passed.
    const { rows: at } = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from public.${quoted(name)}`,
    );
    found.push({ name, last: at[0]?.last ?? '1', called: at[0]?.called ?? false });
  }
  return found;
}
