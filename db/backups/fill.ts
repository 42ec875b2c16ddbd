import pg from 'pg';
import type { Manifest } from '../../lib/backups/backup';
import { AppError } from '../../lib/errors';

const quoted = pg.escapeIdentifier;

/** Refuses a database that holds tables, whatever is in them: a restore never writes over anything. @throws AppError conflict */
export async function mustBeEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`
    select c.relname::text as name from pg_class c
    where c.relnamespace in (select oid from pg_namespace where nspname in ('public', 'drizzle'))
      and c.relkind in ('r', 'p', 'v', 'm')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by c.relname`);
  if (rows.length === 0) return;
  throw new AppError(
    'conflict',
    `A backup is only restored into an empty place, and this database has ${rows.length} tables already. Nothing was changed. Stop Gloss and set GLOSS_DATA_DIR to a new folder, or DATABASE_URL to a new, empty database.`,
  );
}

/**
 * Takes away, inside the caller's transaction, what judges or follows rows one by one: foreign keys and our triggers. What they
 * made is in the backup. Answers how to put them back, which checks all keys.
 */
export async function loosen(client: pg.Client): Promise<() => Promise<void>> {
  const { rows: keys } = await client.query<{ owner: string; name: string; def: string }>(`
    select conrelid::regclass::text as owner, conname::text as name, pg_get_constraintdef(oid) as def
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by 1, 2`);
  const { rows: guarded } = await client.query<{ owner: string }>(`
    select distinct tgrelid::regclass::text as owner from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where not t.tgisinternal and c.relnamespace = 'public'::regnamespace order by 1`);
  for (const { owner, name } of keys)
    await client.query(`alter table ${owner} drop constraint ${quoted(name)}`);
  for (const { owner } of guarded) await client.query(`alter table ${owner} disable trigger user`);
  return async () => {
    for (const { owner, name, def } of keys)
      await client.query(`alter table ${owner} add constraint ${quoted(name)} ${def}`);
    for (const { owner } of guarded) await client.query(`alter table ${owner} enable trigger user`);
  };
}

/** Sets the counters to where they stood. */
export async function setSequences(client: pg.Client, sequences: Manifest['sequences']): Promise<void> {
  for (const { name, last, called } of sequences)
    await client.query('select setval($1::regclass, $2::bigint, $3)', [
      `public.${quoted(name)}`,
      last,
      called,
    ]);
}
