import { getTableColumns, type InferInsertModel, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Db } from './client';

/**
 * Inserts rows that name the same columns, and leaves those alone that are there already: for rows by the hundred, as they go as one
 * value, where each of their values would be a parameter of a statement that is written anew. Answers the ids of those that are new;
 * of a table without `id`, nothing.
 */
export async function insertRows<T extends PgTable>(
  db: Db,
  table: T,
  rows: readonly InferInsertModel<T>[],
): Promise<ReadonlySet<string>> {
  const [first] = rows;
  if (first === undefined) return new Set();
  const columns = getTableColumns(table);
  const keys = Object.keys(first).filter((key) => key in columns);
  const names = sql.join(
    keys.map((key) => sql.identifier(columns[key]?.name ?? '')),
    sql`, `,
  );
  const named = rows.map((row) =>
    Object.fromEntries(keys.map((key) => [columns[key]?.name, plain((row as Record<string, unknown>)[key])])),
  );
  const { rows: made } = await db.execute<{ id: string }>(sql`
    insert into ${table} (${names})
    select ${names} from jsonb_populate_recordset(null::${table}, ${JSON.stringify(named)}::jsonb)
    on conflict do nothing ${'id' in columns ? sql`returning id` : sql``}`);
  return new Set(made.map(({ id }) => id));
}

/** Half a letter is no JSON that Postgres takes. */
const plain = (value: unknown): unknown => (typeof value === 'string' ? value.toWellFormed() : value);
