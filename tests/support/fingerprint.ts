import type { TestDatabase } from '@/tests/support/database';

/** Tables that count attempts rather than hold what people made. */
const APART = ['rate_limits'];

/**
 * One value that differs whenever any row of any table was added, written or removed: each row carries the number of the
 * transaction that wrote it.
 */
export async function fingerprintOf({ db }: TestDatabase): Promise<string> {
  const tables = await tablesOf(db);
  const parts = tables.map(
    (table) =>
      `(select '${table}:' || count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from "${table}")`,
  );
  // Prepared once per line: planning it took eight times as long as running it, and it is asked thousands of times.
  const { rows } = await db.$client.query<{ all: string }>({
    name: 'fingerprint',
    text: `select array_to_string(array[${parts.join(',')}], ' ') as all`,
  });
  return rows[0]?.all ?? '';
}

const known = new WeakMap<object, Promise<string[]>>();

function tablesOf(db: TestDatabase['db']): Promise<string[]> {
  const tables =
    known.get(db) ??
    db.$client
      .query<{ name: string }>(
        `select tablename as name from pg_tables where schemaname = 'public' order by tablename`,
      )
      .then(({ rows }) => rows.map((row) => row.name).filter((name) => !APART.includes(name)));
  known.set(db, tables);
  return tables;
}
