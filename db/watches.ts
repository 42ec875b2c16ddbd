import { and, eq, isNull, lt, notInArray, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import {
  type CheckResult,
  type Interval,
  type SourceWatch,
  type StopReason,
  stopAdvice,
} from '../lib/sources/watch';
import { type Reader, sourcesVisibleTo } from './access';
import type { Db, Transaction } from './client';
import { users } from './schema/people';
import { sources, sourceTexts } from './schema/sources';
import { sourceWatches, watchHosts } from './schema/watches';

/** A watch, and when it last looked. */
export async function selectWatch(db: Db, grant: Reader, sourceId: string): Promise<SourceWatch | null> {
  const [row] = await db
    .select({ watch: sourceWatches, name: users.name })
    .from(sourceWatches)
    .innerJoin(users, eq(users.id, sourceWatches.createdBy))
    .innerJoin(sources, and(eq(sources.id, sourceWatches.sourceId), isNull(sources.deleted)))
    .where(and(sourcesVisibleTo(grant), eq(sourceWatches.sourceId, sourceId)));
  if (row === undefined) return null;
  const { watch, name } = row;
  const because = watch.stoppedBecause;
  return {
    id: watch.sourceId,
    projectId: watch.projectId,
    every: watch.every,
    creator: { id: watch.createdBy, name },
    created: watch.created.toISOString(),
    nextCheck: watch.nextCheck?.toISOString() ?? null,
    lastChecked: watch.lastChecked?.toISOString() ?? null,
    lastResult: watch.lastResult,
    failures: watch.failures,
    stopped: because === null ? null : { because, advice: stopAdvice(because) },
    revision: watch.revision,
  };
}

/** Sets a watch up for the Grant's holder; returns false when there is one. */
export async function insertWatch(
  tx: Transaction,
  grant: Grant,
  sourceId: string,
  { every, nextCheck }: { every: Interval; nextCheck: Date },
): Promise<boolean> {
  const rows = await tx
    .insert(sourceWatches)
    .values({ sourceId, projectId: grant.projectId, every, nextCheck, createdBy: grant.actor.userId })
    .onConflictDoNothing()
    .returning({ id: sourceWatches.sourceId });
  return rows.length > 0;
}

/**
 * Sets a watch anew, for the Grant's holder from now on, when it still has this revision; returns whether it had. A look
 * that is under way no longer counts.
 */
export async function resetWatch(
  tx: Transaction,
  grant: Grant,
  sourceId: string,
  revision: number,
  { every, nextCheck }: { every: Interval; nextCheck: Date },
): Promise<boolean> {
  const rows = await tx
    .update(sourceWatches)
    .set({
      every,
      nextCheck,
      createdBy: grant.actor.userId,
      failures: 0,
      refusals: 0,
      stoppedBecause: null,
      lease: null,
      leasedUntil: null,
      revision: sql`${sourceWatches.revision} + 1`,
    })
    .where(ofRevision(grant, sourceId, revision))
    .returning({ id: sourceWatches.sourceId });
  return rows.length > 0;
}

/** Gives a watch to the Grant's holder where whoever has it is none of these people; returns whether it did. A look that is under way no longer counts. */
export async function takeOverWatch(
  tx: Transaction,
  { projectId, actor }: Grant,
  sourceId: string,
  who: readonly string[],
): Promise<boolean> {
  const rows = await tx
    .update(sourceWatches)
    .set({
      createdBy: actor.userId,
      lease: null,
      leasedUntil: null,
      revision: sql`${sourceWatches.revision} + 1`,
    })
    .where(
      and(
        eq(sourceWatches.projectId, projectId),
        eq(sourceWatches.sourceId, sourceId),
        notInArray(sourceWatches.createdBy, [...who]),
      ),
    )
    .returning({ id: sourceWatches.sourceId });
  return rows.length > 0;
}

/** Removes a watch when it still has this revision; returns whether it had. */
export async function deleteWatch(
  tx: Transaction,
  grant: Grant,
  sourceId: string,
  revision: number,
): Promise<boolean> {
  const rows = await tx
    .delete(sourceWatches)
    .where(ofRevision(grant, sourceId, revision))
    .returning({ id: sourceWatches.sourceId });
  return rows.length > 0;
}

const ofRevision = ({ projectId }: Grant, sourceId: string, revision: number) =>
  and(
    eq(sourceWatches.projectId, projectId),
    eq(sourceWatches.sourceId, sourceId),
    eq(sourceWatches.revision, revision),
  );

export type FetchedText = Pick<
  typeof sourceTexts.$inferSelect,
  'text' | 'trimmedFrom' | 'finalUrl' | 'responseHeaders' | 'created'
>;

/** The newest version of a source that was fetched, with what it came with; `null` when none is known to have been. */
export async function selectFetchedText(
  db: Db,
  grant: Pick<Grant, 'projectId'>,
  sourceId: string,
): Promise<FetchedText | null> {
  const { text, trimmedFrom, finalUrl, responseHeaders, created } = sourceTexts;
  const [row] = await db
    .select({ text, trimmedFrom, finalUrl, responseHeaders, created })
    .from(sourceTexts)
    .where(
      and(
        eq(sourceTexts.projectId, grant.projectId),
        eq(sourceTexts.sourceId, sourceId),
        eq(sourceTexts.how, 'url'),
      ),
    )
    .orderBy(sql`${sourceTexts.version} desc`)
    .limit(1);
  return row ?? null;
}

/** A watch that is due, taken by this process. */
export type DueWatch = Pick<
  typeof sourceWatches.$inferSelect,
  | 'sourceId'
  | 'projectId'
  | 'every'
  | 'createdBy'
  | 'failures'
  | 'refusals'
  | 'seenHash'
  | 'lastRead'
  | 'etag'
  | 'lastModified'
  | 'readFrom'
> & { readonly url: string; readonly lease: string };

/** Rows that are looked at to find `most` of different sites. */
const WINDOW = 100;

/**
 * Takes watches that are due, the longest due first, no two of one site and none of a site that was asked just now: each
 * is this process's alone until `until`, and so is its site. What a process took that was killed is due again then.
 */
export async function leaseDue(
  tx: Transaction,
  given: {
    now: Date;
    until: Date;
    most: number;
    newLease: () => string;
    hostOf: (url: string) => string | null;
  },
): Promise<DueWatch[]> {
  const { now, until, most, newLease, hostOf } = given;
  const due = sql`${sourceWatches.nextCheck} <= ${now} and (${sourceWatches.leasedUntil} is null or ${sourceWatches.leasedUntil} <= ${now})`;
  const rows = await tx
    .select({ watch: sourceWatches, url: sql<string>`${sources.url}` })
    .from(sourceWatches)
    .innerJoin(sources, and(eq(sources.id, sourceWatches.sourceId), isNull(sources.deleted)))
    .where(
      sql`${due} and ${sources.url} is not null
        and exists (select from projects p where p.id = ${sourceWatches.projectId} and p.deleted is null and p.archived is null)
        and not exists (select from watch_hosts h where h.free_at > ${now}
          and h.host = lower(substring(${sources.url} from '^[A-Za-z]+://([^/?#]+)')))`,
    )
    .orderBy(sourceWatches.nextCheck)
    .limit(WINDOW)
    .for('update', { of: sourceWatches, skipLocked: true });
  const first = new Map<string, (typeof rows)[number]>();
  for (const row of rows) {
    const host = hostOf(row.url) ?? '';
    if (!first.has(host) && first.size < most) first.set(host, row);
  }
  const taken: DueWatch[] = [];
  // In one order for all processes, or two of them would wait for each other.
  for (const [host, { watch, url }] of [...first].sort(([one], [two]) => (one < two ? -1 : 1))) {
    if (!(await takeHost(tx, host, now, until))) continue;
    const lease = newLease();
    await tx
      .update(sourceWatches)
      .set({ lease, leasedUntil: until })
      .where(eq(sourceWatches.sourceId, watch.sourceId));
    taken.push({ ...watch, url, lease });
  }
  return taken;
}

/** Takes a site until a moment, when nobody has it; returns whether it is taken now. */
export async function takeHost(db: Db, host: string, now: Date, until: Date): Promise<boolean> {
  const rows = await db
    .insert(watchHosts)
    .values({ host, freeAt: until })
    .onConflictDoUpdate({
      target: watchHosts.host,
      set: { freeAt: until },
      setWhere: sql`${watchHosts.freeAt} <= ${now}`,
    })
    .returning({ host: watchHosts.host });
  return rows.length > 0;
}

/** Gives a site back that was taken until `until`: it may be asked again at `freeAt`. Sites that were free for a day are forgotten. */
export async function giveHostBack(db: Db, host: string, until: Date, freeAt: Date): Promise<void> {
  await db
    .update(watchHosts)
    .set({ freeAt })
    .where(and(eq(watchHosts.host, host), eq(watchHosts.freeAt, until)));
  await db.delete(watchHosts).where(lt(watchHosts.freeAt, new Date(freeAt.getTime() - 86_400_000)));
}

/** What a look writes down. What is left out stays as it is. */
export type Looked = {
  readonly nextCheck: Date | null;
  readonly lastChecked?: Date;
  readonly lastResult?: CheckResult;
  readonly failures?: number;
  readonly refusals?: number;
  readonly stoppedBecause?: StopReason | null;
  readonly seenHash?: string;
  readonly lastRead?: Date;
  readonly etag?: string | null;
  readonly lastModified?: string | null;
  readonly readFrom?: string;
};

/**
 * Ends a look and writes down what it came to; returns whether it still counted: not when the watch was set anew or
 * removed meanwhile, or another process took it over.
 */
export async function finishLook(
  db: Db,
  { sourceId, lease }: Pick<DueWatch, 'sourceId' | 'lease'>,
  looked: Looked,
): Promise<boolean> {
  const rows = await db
    .update(sourceWatches)
    .set({
      ...looked,
      lease: null,
      leasedUntil: null,
      ...(looked.stoppedBecause ? { revision: sql`${sourceWatches.revision} + 1` } : {}),
    })
    .where(and(eq(sourceWatches.sourceId, sourceId), eq(sourceWatches.lease, lease)))
    .returning({ id: sourceWatches.sourceId });
  return rows.length > 0;
}

/** Gives a watch back that was not looked at: it is due as before. */
export async function giveLeaseBack(
  db: Db,
  { sourceId, lease }: Pick<DueWatch, 'sourceId' | 'lease'>,
): Promise<void> {
  await db
    .update(sourceWatches)
    .set({ lease: null, leasedUntil: null })
    .where(and(eq(sourceWatches.sourceId, sourceId), eq(sourceWatches.lease, lease)));
}
