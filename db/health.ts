import { sql } from 'drizzle-orm';
import type { Db } from './client';

/** What a doctor asks Postgres: its version, settings that durability rests on, the triggers that keep logs append-only. */
export async function readHealth(
  db: Db,
): Promise<{ version: number; fsync: boolean; encoding: string; guards: number }> {
  const { rows } = await db.execute<{ version: string; fsync: string; encoding: string; guards: number }>(sql`
    select current_setting('server_version_num') as version, current_setting('fsync') as fsync,
      current_setting('server_encoding') as encoding,
      (select count(*)::int from pg_trigger where tgname in ('events_append_only', 'account_events_append_only', 'source_texts_immutable')) as guards`);
  const [row] = rows as [{ version: string; fsync: string; encoding: string; guards: number }];
  return {
    version: Number(row.version),
    fsync: row.fsync === 'on',
    encoding: row.encoding,
    guards: row.guards,
  };
}
