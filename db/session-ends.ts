import { and, eq, isNull, sql } from 'drizzle-orm';
import { env } from '../env';
import type { Actor } from '../lib/access/actor';
import type { Db, Transaction } from './client';
import { apiTokens, sessions } from './schema/people';

/**
 * In how many ms a session or a token runs out by itself, as it stands now and by the database's clock; 0 or less when it has, `null` when it never does or
 * is none.
 */
export async function selectEndsIn(db: Db, { kind, id }: Actor['via']): Promise<number | null> {
  if (kind !== 'session' && kind !== 'token') return null;
  const { SESSION_HOURS, SESSION_IDLE_HOURS } = env();
  const after = (hours: number) => sql`make_interval(secs => ${hours * 3_600}::double precision)`;
  const end =
    kind === 'token'
      ? sql`${apiTokens.expires}`
      : sql`least(${sessions.expires}, ${sessions.created} + ${after(SESSION_HOURS)}, ${sessions.lastUsed} + ${after(SESSION_IDLE_HOURS)})`;
  const ms = sql<number | null>`(extract(epoch from ${end} - now()) * 1000)::float8`;
  const [row] =
    kind === 'token'
      ? await db.select({ ms }).from(apiTokens).where(eq(apiTokens.id, id))
      : await db.select({ ms }).from(sessions).where(eq(sessions.id, id));
  return row?.ms ?? null;
}

/** Holds a session that was not ended to the end of the transaction, against being ended; returns whether there is one. */
export async function holdSession(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.id, id), isNull(sessions.ended)))
    .for('share');
  return rows.length > 0;
}
