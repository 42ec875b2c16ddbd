import { sql } from 'drizzle-orm';
import type { Db } from './client';

/** Sends a payload (under 8,000 bytes) to every process that listens to the channel, at commit. */
export async function notify(db: Db, channel: string, payload: string): Promise<void> {
  await db.execute(sql`select pg_notify(${channel}, ${payload})`);
}

/** The same for several payloads, in one statement. */
export async function notifyAll(db: Db, channel: string, payloads: readonly string[]): Promise<void> {
  await db.execute(
    sql`select pg_notify(${channel}, payload) from unnest(${sql.param([...payloads])}::text[]) payload`,
  );
}
