import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { Credibility } from '../lib/claims/admiralty';
import { originOfQuote } from '../lib/claims/chain-origins';
import type { Evidence } from '../lib/claims/claim';
import { visibleTo } from './access';
import type { Db } from './client';
import { annotations } from './schema/annotations';
import { makerOf } from './schema/brought-in';
import { evidence } from './schema/claims';
import { users } from './schema/people';
import { sources } from './schema/sources';
import { annotationTargets } from './schema/targets';
import { FACES } from './speakers/faces';

/** The evidence of these claims on visible annotations, deleted ones too, in the order it was brought. */
export async function selectEvidence(db: Db, grant: Grant, claimIds: readonly string[]): Promise<Evidence[]> {
  if (claimIds.length === 0) return [];
  const rows = await db
    .select({
      row: evidence,
      sourceId: annotations.sourceId,
      quote: annotations.quote,
      creatorName: makerOf(evidence.id),
    })
    .from(evidence)
    .innerJoin(annotations, eq(annotations.id, evidence.annotationId))
    .innerJoin(users, eq(users.id, evidence.creatorId))
    .where(
      and(
        visibleTo(grant),
        eq(evidence.projectId, grant.projectId),
        sql`${evidence.claimId} = any(${sql.param([...claimIds])}::uuid[])`,
      ),
    )
    .orderBy(asc(evidence.created), asc(evidence.id));
  return rows.map(({ row, sourceId, quote, creatorName }) => ({
    id: row.id,
    claimId: row.claimId,
    annotationId: row.annotationId,
    sourceId,
    origin: originOfQuote(quote),
    stance: row.stance,
    reliability: row.reliability,
    credibility: row.credibility as Credibility | null,
    note: row.note,
    creator: { id: row.creatorId, name: creatorName },
    created: row.created.toISOString(),
    revision: row.revision,
  }));
}

export type EvidenceFields = Pick<Evidence, 'stance' | 'reliability' | 'credibility' | 'note'>;

type Brought = EvidenceFields & { id: string; annotationId: string };

/** Brings passages to a claim as the Grant's actor's; returns how many were new by id and by annotation. */
export async function insertEvidence(
  db: Db,
  grant: Grant,
  claimId: string,
  brought: readonly Brought[],
): Promise<number> {
  return insertAllEvidence(
    db,
    grant,
    brought.map((one) => ({ ...one, claimId })),
  );
}

/** The same for several claims. */
export async function insertAllEvidence(
  db: Db,
  grant: Grant,
  brought: readonly (Brought & { claimId: string })[],
): Promise<number> {
  if (brought.length === 0) return 0;
  const { projectId, actor } = grant;
  const rows = await db
    .insert(evidence)
    // Each a moment after the one before it, so that they stay in order.
    .values(
      brought.map((one, nth) => ({
        ...one,
        projectId,
        creatorId: actor.userId,
        created: sql`now() + ${nth} * interval '1 microsecond'`,
      })),
    )
    .onConflictDoNothing()
    .returning({ id: evidence.id });
  return rows.length;
}

/** Changes what a passage does for a claim. */
export async function updateEvidenceRow(
  db: Db,
  grant: Pick<Grant, 'projectId'>,
  id: string,
  change: Partial<EvidenceFields>,
): Promise<void> {
  await db
    .update(evidence)
    .set({ ...change, revision: sql`${evidence.revision} + 1` })
    .where(and(eq(evidence.projectId, grant.projectId), eq(evidence.id, id)));
}

/** Takes a passage away from its claim; the log keeps that it was there. */
export async function deleteEvidence(db: Db, grant: Pick<Grant, 'projectId'>, id: string): Promise<void> {
  await db.delete(evidence).where(and(eq(evidence.projectId, grant.projectId), eq(evidence.id, id)));
}

/** How many of these ids are visible annotations of the project that are not deleted, nor is their source. */
export async function countStandingAnnotations(
  db: Db,
  grant: Grant,
  ids: readonly string[],
): Promise<number> {
  if (ids.length === 0) return 0;
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(annotations)
    .innerJoin(sources, eq(sources.id, annotations.sourceId))
    .where(
      and(
        visibleTo(grant),
        inArray(annotations.id, [...ids]),
        sql`${annotations.deleted} is null and ${sources.deleted} is null`,
      ),
    );
  return row?.count ?? 0;
}

/** The passages of a claim as they stand, with what is needed to say what became of them. */
export async function selectPassages(db: Db, grant: Grant, claimId: string) {
  return db
    .select({
      annotation: annotations,
      faces: FACES,
      sourceTitle: sources.title,
      sourceDeleted: sources.deleted,
      anchoring: {
        version: annotationTargets.version,
        outcome: annotationTargets.outcome,
        state: annotationTargets.state,
        score: annotationTargets.score,
        was: annotationTargets.was,
        changedIn: annotationTargets.changedIn,
        revision: annotationTargets.revision,
      },
    })
    .from(evidence)
    .innerJoin(annotations, eq(annotations.id, evidence.annotationId))
    .innerJoin(sources, eq(sources.id, annotations.sourceId))
    .leftJoin(
      annotationTargets,
      and(
        eq(annotationTargets.annotationId, annotations.id),
        eq(annotationTargets.version, sources.version),
        ne(annotationTargets.outcome, 'made'),
      ),
    )
    .where(and(visibleTo(grant), eq(evidence.projectId, grant.projectId), eq(evidence.claimId, claimId)))
    .orderBy(asc(evidence.created), asc(evidence.id));
}
