import type { TestDatabase } from '@/tests/support/database';

/** Tables that count attempts, or say who read what and who was here when, rather than hold what people made. */
const APART = ['rate_limits', 'audit_entries', 'audit_chains', 'sessions'];

/** How many rows of a database were seen to change so far. */
const seen = new WeakMap<object, { changes: number; isWatched: Promise<void> }>();

/**
 * One value that differs whenever any row of any table was added, written or removed by a transaction that went through.
 * Every such row leaves a line in a list beside the tables, which is taken away as it is counted: to count the tables
 * themselves takes longer the more they hold, and is asked thousands of times.
 */
export async function fingerprintOf({ db }: TestDatabase): Promise<string> {
  const one = seen.get(db) ?? { changes: 0, isWatched: watch(db) };
  seen.set(db, one);
  await one.isWatched;
  const { rowCount } = await db.$client.query('delete from watch.changes');
  one.changes += rowCount ?? 0;
  return `${one.changes} changes`;
}

async function watch(db: TestDatabase['db']): Promise<void> {
  const { rows } = await db.$client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by tablename`,
  );
  const tables = rows.map(({ name }) => name).filter((name) => !APART.includes(name));
  const listen = tables.map(
    (name) => `
      create trigger watch_rows after insert or update or delete on public."${name}"
        for each row execute function watch.note();
      create trigger watch_all after truncate on public."${name}"
        for each statement execute function watch.note();`,
  );
  await db.$client.query(`
    create schema watch;
    create unlogged table watch.changes (name text not null);
    create function watch.note() returns trigger language plpgsql as
      'begin insert into watch.changes values (tg_table_name); return null; end';
    ${listen.join('')}`);
}
