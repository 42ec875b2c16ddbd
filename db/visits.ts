import { and, eq, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { Db } from './client';
import { projectVisits } from './schema/visits';

/** Whoever comes back within so many minutes was not away: a page was loaded again, or a line came back. */
const AWAY = sql`interval '30 minutes'`;

/** How far a member had seen the log when they last left, and when that was. */
export type LastVisit = { readonly event: number; readonly at: Date };

/** Where the Grant's holder left off before this visit; `null` on the first one. */
export async function selectLastVisit(db: Db, { projectId, actor }: Grant): Promise<LastVisit | null> {
  const [row] = await db
    .select({ visit: projectVisits, away: sql<boolean>`${projectVisits.seenAt} < now() - ${AWAY}` })
    .from(projectVisits)
    .where(and(eq(projectVisits.projectId, projectId), eq(projectVisits.userId, actor.userId)));
  if (row === undefined) return null;
  const { visit, away } = row;
  if (away) return { event: visit.seenEvent, at: visit.seenAt };
  return visit.sinceEvent === null || visit.sinceAt === null
    ? null
    : { event: visit.sinceEvent, at: visit.sinceAt };
}

/** Notes that the Grant's holder left, having seen the log up to this event; what they came back to stays known. */
export async function keepVisit(db: Db, { projectId, actor }: Grant, seenEvent: number): Promise<void> {
  const away = sql`${projectVisits.seenAt} < now() - ${AWAY}`;
  await db
    .insert(projectVisits)
    .values({ projectId, userId: actor.userId, seenEvent, seenAt: sql`now()` })
    .onConflictDoUpdate({
      target: [projectVisits.projectId, projectVisits.userId],
      set: {
        seenEvent: sql`greatest(${projectVisits.seenEvent}, excluded.seen_event)`,
        seenAt: sql`now()`,
        sinceEvent: sql`case when ${away} then ${projectVisits.seenEvent} else ${projectVisits.sinceEvent} end`,
        sinceAt: sql`case when ${away} then ${projectVisits.seenAt} else ${projectVisits.sinceAt} end`,
      },
    });
}
