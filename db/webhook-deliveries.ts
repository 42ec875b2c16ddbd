import { and, desc, eq, inArray, lt, lte, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { Delivery } from '../lib/webhooks/webhook';
import type { Db, Transaction } from './client';
import { webhookDeliveries, webhooks } from './schema/webhooks';

type Row = typeof webhookDeliveries.$inferSelect;

const toDelivery = (row: Row): Delivery => ({
  ...{ id: row.id, webhookId: row.webhookId, eventId: row.eventId, type: row.type, state: row.state },
  ...{ attempts: row.attempts, tookMs: row.tookMs, status: row.status, answer: row.answer, error: row.error },
  created: row.created.toISOString(),
  due: row.state === 'waiting' ? row.due.toISOString() : null,
  at: row.at?.toISOString() ?? null,
});

/** Queues what a webhook is to be told; an event that is queued already is not queued again. */
export async function insertDeliveries(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  given: readonly { id: string; webhookId: string; eventId: number | null; type: string }[],
): Promise<void> {
  if (given.length === 0) return;
  await db
    .insert(webhookDeliveries)
    .values(given.map((one) => ({ ...one, projectId })))
    .onConflictDoNothing();
}

/** What a webhook was told, the newest first; a page before the cursor (an id). */
export async function selectDeliveries(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  filter: { webhookId: string; id?: string },
  page: { limit: number; cursor?: string },
): Promise<Delivery[]> {
  const rows = await db
    .select()
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.projectId, projectId),
        eq(webhookDeliveries.webhookId, filter.webhookId),
        filter.id === undefined ? undefined : eq(webhookDeliveries.id, filter.id),
        page.cursor ? lt(webhookDeliveries.id, page.cursor) : undefined,
      ),
    )
    .orderBy(desc(webhookDeliveries.id))
    .limit(page.limit);
  return rows.map(toDelivery);
}

/** Tells every process, once this is committed, that what a webhook was told has changed: open pages of its maker ask anew. */
export async function tellOfDeliveries(db: Db, webhookId: string): Promise<void> {
  const payload = sql`${webhooks.makerId} || ' ' || ${webhooks.id}`;
  await db
    .select({ told: sql`pg_notify('gloss_delivery', ${payload})` })
    .from(webhooks)
    .where(eq(webhooks.id, webhookId));
}

/** Sends one again, as if it had never been tried. */
export async function replayDelivery(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  id: string,
): Promise<void> {
  await db
    .update(webhookDeliveries)
    .set({ state: 'waiting', attempts: 0, due: sql`now()`, lease: null, leasedUntil: null })
    .where(and(eq(webhookDeliveries.projectId, projectId), eq(webhookDeliveries.id, id)));
}

export type DueDelivery = Pick<Row, 'id' | 'webhookId' | 'eventId' | 'type' | 'attempts' | 'created'> & {
  lease: string;
};

/** Takes deliveries that are due, for this process alone until the lease ends. `attempts` counts this one. */
export async function leaseDeliveries(
  tx: Transaction,
  given: { now: Date; until: Date; lease: string; most: number },
): Promise<DueDelivery[]> {
  const { now, until, lease, most } = given;
  const due = tx
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .innerJoin(webhooks, eq(webhooks.id, webhookDeliveries.webhookId))
    .where(
      and(
        eq(webhookDeliveries.state, 'waiting'),
        lte(webhookDeliveries.due, now),
        sql`(${webhookDeliveries.leasedUntil} is null or ${webhookDeliveries.leasedUntil} < ${now})`,
        sql`${webhooks.deleted} is null and ${webhooks.disabled} is null`,
      ),
    )
    .orderBy(webhookDeliveries.due, webhookDeliveries.id)
    .limit(most)
    .for('update', { of: webhookDeliveries, skipLocked: true });
  const rows = await tx
    .update(webhookDeliveries)
    .set({ lease, leasedUntil: until, attempts: sql`${webhookDeliveries.attempts} + 1` })
    .where(inArray(webhookDeliveries.id, due))
    .returning();
  return rows.map(({ id, webhookId, eventId, type, attempts, created }) => ({
    ...{ id, webhookId, eventId, type, attempts, created, lease },
  }));
}

/** Writes down what became of a try. Returns false when the lease is another's by now. */
export async function finishDelivery(
  db: Db,
  { id, lease }: Pick<DueDelivery, 'id' | 'lease'>,
  became: Partial<Pick<Row, 'state' | 'due' | 'at' | 'tookMs' | 'status' | 'answer' | 'error'>>,
): Promise<boolean> {
  const rows = await db
    .update(webhookDeliveries)
    .set({ ...became, lease: null, leasedUntil: null })
    .where(and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.lease, lease)))
    .returning({ id: webhookDeliveries.id });
  return rows.length > 0;
}

/** Forgets what was told before a time. Returns how many that were. */
export async function forgetDeliveries(db: Db, before: Date): Promise<number> {
  const { rowCount } = await db.delete(webhookDeliveries).where(lt(webhookDeliveries.created, before));
  return rowCount ?? 0;
}
