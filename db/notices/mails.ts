import { and, eq, inArray, lte, sql } from 'drizzle-orm';
import type { Db, Transaction } from '../client';
import { noticeMails, noticeSettings } from '../schema/notice-mails';

/** What these people chose about mail; who chose nothing is not among them. */
export async function selectNoticeSettings(
  db: Db,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, { mail: unknown; hour: number; timeZone: string }>> {
  if (userIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(noticeSettings)
    .where(inArray(noticeSettings.userId, [...userIds]));
  return new Map(rows.map(({ userId, ...row }) => [userId, row]));
}

/** Keeps what a person chose. */
export async function saveNoticeSettings(
  db: Db,
  userId: string,
  chosen: { mail: Readonly<Record<string, string>>; hour: number; timeZone: string },
): Promise<void> {
  await db
    .insert(noticeSettings)
    .values({ userId, ...chosen })
    .onConflictDoUpdate({ target: noticeSettings.userId, set: chosen });
}

export type QueuedMail = {
  id: string;
  userId: string;
  kind: 'at-once' | 'daily';
  noticeId: string;
  due: Date;
};

/** Queues a notice for the mail; a daily one joins the mail of its day while no process has taken that up. */
export async function queueMail(tx: Transaction, { noticeId, ...mail }: QueuedMail): Promise<void> {
  const row = { ...mail, noticeIds: [noticeId] };
  const insert = tx.insert(noticeMails).values(row);
  if (mail.kind === 'at-once') await insert;
  else
    await insert.onConflictDoUpdate({
      target: [noticeMails.userId, noticeMails.due],
      targetWhere: sql`kind = 'daily' and attempts = 0`,
      set: { noticeIds: sql`${noticeMails.noticeIds} || excluded.notice_ids` },
    });
}

export type DueMail = Pick<
  typeof noticeMails.$inferSelect,
  'id' | 'userId' | 'kind' | 'noticeIds' | 'attempts'
> & { lease: string };

/** Takes mails that are due, for this process alone until the lease ends. `attempts` counts this one. */
export async function leaseMails(
  tx: Transaction,
  given: { now: Date; until: Date; lease: string; most: number },
): Promise<DueMail[]> {
  const { now, until, lease, most } = given;
  const due = tx
    .select({ id: noticeMails.id })
    .from(noticeMails)
    .where(
      and(
        lte(noticeMails.due, now),
        sql`${noticeMails.done} is null and ${noticeMails.gaveUp} is null`,
        sql`(${noticeMails.leasedUntil} is null or ${noticeMails.leasedUntil} < ${now})`,
      ),
    )
    .orderBy(noticeMails.due)
    .limit(most)
    .for('update', { skipLocked: true });
  const rows = await tx
    .update(noticeMails)
    .set({ lease, leasedUntil: until, attempts: sql`${noticeMails.attempts} + 1` })
    .where(inArray(noticeMails.id, due))
    .returning();
  return rows.map(({ id, userId, kind, noticeIds, attempts }) => ({
    id,
    userId,
    kind,
    noticeIds,
    attempts,
    lease,
  }));
}

/** Writes down what became of a mail. Returns false when the lease is another's by now. */
export async function finishMail(
  db: Db,
  { id, lease }: Pick<DueMail, 'id' | 'lease'>,
  became: { done: Date } | { gaveUp: Date } | { due: Date },
): Promise<boolean> {
  const rows = await db
    .update(noticeMails)
    .set({ ...became, lease: null, leasedUntil: null })
    .where(and(eq(noticeMails.id, id), eq(noticeMails.lease, lease)))
    .returning({ id: noticeMails.id });
  return rows.length > 0;
}
