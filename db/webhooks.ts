import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { Disabled, Webhook } from '../lib/webhooks/webhook';
import type { Db, Transaction } from './client';
import { users } from './schema/people';
import { webhooks } from './schema/webhooks';

type InProject = Pick<Grant, 'projectId'>;

const standing = ({ projectId }: InProject) =>
  and(eq(webhooks.projectId, projectId), isNull(webhooks.deleted));

const toWebhook = ({ row, name }: { row: typeof webhooks.$inferSelect; name: string }): Webhook => ({
  id: row.id,
  projectId: row.projectId,
  url: row.url,
  events: row.events,
  maker: { id: row.makerId, name },
  created: row.created.toISOString(),
  modified: row.modified.toISOString(),
  revision: row.revision,
  disabled:
    row.disabled && row.disabledBecause
      ? { at: row.disabled.toISOString(), because: row.disabledBecause }
      : null,
  failingSince: row.failingSince?.toISOString() ?? null,
});

/** The webhooks of the project that are not deleted, oldest first. */
export async function selectWebhooks(db: Db, grant: InProject, id?: string): Promise<Webhook[]> {
  const rows = await db
    .select({ row: webhooks, name: users.name })
    .from(webhooks)
    .innerJoin(users, eq(users.id, webhooks.makerId))
    .where(and(standing(grant), id === undefined ? undefined : eq(webhooks.id, id)))
    .orderBy(asc(webhooks.created), asc(webhooks.id));
  return rows.map(toWebhook);
}

/** Stores a webhook of the Grant's actor that hears of what comes after the event `cursor`; false when the id exists. */
export async function insertWebhook(
  db: Db,
  { projectId, actor }: Grant,
  given: { id: string; url: string; events: string[]; secret: string; cursor: number },
): Promise<boolean> {
  const rows = await db
    .insert(webhooks)
    .values({ ...given, projectId, makerId: actor.userId })
    .onConflictDoNothing()
    .returning({ id: webhooks.id });
  return rows.length > 0;
}

/** Changes a webhook when it still has this revision; returns whether it had. */
export async function updateWebhookRow(
  db: Db,
  grant: InProject,
  id: string,
  revision: number,
  change: {
    url?: string;
    events?: string[];
    secret?: string;
    cursor?: number;
    deleted?: true;
    disabled?: Disabled | null;
  },
): Promise<boolean> {
  const { deleted, disabled, ...fields } = change;
  const rows = await db
    .update(webhooks)
    .set({
      ...fields,
      ...(deleted && { deleted: sql`now()` }),
      ...(disabled === undefined
        ? {}
        : {
            disabled: disabled === null ? null : sql`now()`,
            disabledBecause: disabled,
            ...(disabled === null && { failingSince: null }),
          }),
      modified: sql`now()`,
      revision: sql`${webhooks.revision} + 1`,
    })
    .where(and(standing(grant), eq(webhooks.id, id), eq(webhooks.revision, revision)))
    .returning({ id: webhooks.id });
  return rows.length > 0;
}

export type Behind = Pick<
  typeof webhooks.$inferSelect,
  'id' | 'projectId' | 'makerId' | 'events' | 'cursor'
> & { lease: string };

/** Takes webhooks whose projects have events that nobody looked through for them, for this process alone until the lease ends. */
export async function leaseBehind(
  tx: Transaction,
  given: { now: Date; until: Date; lease: string; most: number },
): Promise<Behind[]> {
  const { now, until, lease, most } = given;
  const behind = tx
    .select({ id: webhooks.id })
    .from(webhooks)
    .where(
      and(
        sql`${webhooks.deleted} is null and ${webhooks.disabled} is null`,
        sql`(${webhooks.leasedUntil} is null or ${webhooks.leasedUntil} < ${now})`,
        sql`exists (select from events e where e.project_id = ${webhooks.projectId} and e.id > ${webhooks.cursor})`,
      ),
    )
    .limit(most)
    .for('update', { skipLocked: true });
  const rows = await tx
    .update(webhooks)
    .set({ lease, leasedUntil: until })
    .where(inArray(webhooks.id, behind))
    .returning();
  return rows.map(({ id, projectId, makerId, events, cursor }) => ({
    ...{ id, projectId, makerId, events, cursor, lease },
  }));
}

/** Writes down how far the log was looked through. Returns false when the lease is another's by now. */
export async function moveCursor(
  db: Db,
  { id, lease }: Pick<Behind, 'id' | 'lease'>,
  cursor: number,
): Promise<boolean> {
  const rows = await db
    .update(webhooks)
    .set({ cursor, lease: null, leasedUntil: null })
    .where(and(eq(webhooks.id, id), eq(webhooks.lease, lease)))
    .returning({ id: webhooks.id });
  return rows.length > 0;
}

/** What is needed to send: where to, and the sealed secret; `null` where nothing is sent any more. */
export async function selectSending(
  db: Db,
  id: string,
): Promise<Pick<
  typeof webhooks.$inferSelect,
  'url' | 'secret' | 'makerId' | 'projectId' | 'failingSince'
> | null> {
  const [row] = await db
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.id, id), isNull(webhooks.deleted), isNull(webhooks.disabled)));
  return row ?? null;
}

/** Writes down whether a try failed: the first that did begins the count, one that did not ends it. */
export async function noteTry(db: Db, id: string, failedAt: Date | null): Promise<void> {
  await db
    .update(webhooks)
    .set({ failingSince: failedAt === null ? null : sql`coalesce(${webhooks.failingSince}, ${failedAt})` })
    .where(eq(webhooks.id, id));
}
