import { and, asc, eq, exists, gt, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Grant } from '../lib/access/grant';
import type { Claim } from '../lib/claims/claim';
import { claimsVisibleTo } from './access';
import type { Db } from './client';
import { selectEvidence } from './evidence';
import { annotations } from './schema/annotations';
import { makerOf } from './schema/brought-in';
import { claims, evidence } from './schema/claims';
import { users } from './schema/people';

const owners = alias(users, 'owners');
const signers = alias(users, 'signers');

type Row = {
  row: typeof claims.$inferSelect;
  creatorName: string;
  ownerName: string | null;
  signerName: string | null;
};

function toClaim({ row, creatorName, ownerName, signerName }: Row, of: Claim['evidence']): Claim {
  const { signedOffBy, signedOffAt, signedOffRevision, reopenedAt, reopenedSourceId, reopenedVersion } = row;
  return {
    id: row.id,
    projectId: row.projectId,
    wording: row.wording,
    status: row.status,
    confidence: row.confidence,
    owner: row.ownerId === null ? null : { id: row.ownerId, name: ownerName ?? '' },
    due: row.due,
    tags: row.tags,
    creator: { id: row.creatorId, name: creatorName },
    created: row.created.toISOString(),
    modified: row.modified.toISOString(),
    revision: row.revision,
    deleted: row.deleted?.toISOString() ?? null,
    signedOff:
      signedOffBy && signedOffAt && signedOffRevision
        ? {
            by: { id: signedOffBy, name: signerName ?? '' },
            at: signedOffAt.toISOString(),
            revision: signedOffRevision,
          }
        : null,
    reopened:
      reopenedAt && reopenedSourceId && reopenedVersion
        ? {
            at: reopenedAt.toISOString(),
            because: 'source-version',
            sourceId: reopenedSourceId,
            version: reopenedVersion,
          }
        : null,
    evidence: of,
  };
}

async function read(db: Db, grant: Grant, where: SQL | undefined, limit: number): Promise<Claim[]> {
  const rows = await db
    .select({
      row: claims,
      creatorName: makerOf(claims.id),
      ownerName: owners.name,
      signerName: signers.name,
    })
    .from(claims)
    .innerJoin(users, eq(users.id, claims.creatorId))
    .leftJoin(owners, eq(owners.id, claims.ownerId))
    .leftJoin(signers, eq(signers.id, claims.signedOffBy))
    .where(and(claimsVisibleTo(grant), where))
    .orderBy(asc(claims.id))
    .limit(limit);
  const ids = rows.map(({ row }) => row.id);
  const brought = Map.groupBy(await selectEvidence(db, grant, ids), ({ claimId }) => claimId);
  return rows.map((row) => toClaim(row, brought.get(row.row.id) ?? []));
}

/** Keeps to the claims with at least one passage that meets a condition. */
function withEvidence(db: Db, condition: SQL): SQL {
  return exists(
    db
      .select({ one: sql`1` })
      .from(evidence)
      .innerJoin(annotations, eq(annotations.id, evidence.annotationId))
      .where(and(eq(evidence.claimId, claims.id), condition)),
  );
}

export type ClaimFilter = { status?: string; owner?: string; source?: string; tag?: string };

/** The visible claims of the project that are not deleted, in the order they were made; a page after the cursor (an id). */
export async function selectClaims(
  db: Db,
  grant: Grant,
  filter: ClaimFilter,
  page: { limit: number; cursor?: string },
): Promise<Claim[]> {
  const where = and(
    isNull(claims.deleted),
    page.cursor ? gt(claims.id, page.cursor) : undefined,
    filter.status ? eq(claims.status, filter.status) : undefined,
    filter.owner ? eq(claims.ownerId, filter.owner) : undefined,
    filter.tag ? sql`${filter.tag} = any(${claims.tags})` : undefined,
    filter.source ? withEvidence(db, eq(annotations.sourceId, filter.source)) : undefined,
  );
  return read(db, grant, where, page.limit);
}

/** The visible claims that rest on one of these annotations and are not deleted. */
export async function selectClaimsOn(
  db: Db,
  grant: Grant,
  annotationIds: readonly string[],
): Promise<Claim[]> {
  return read(db, grant, restingOn(grant, annotationIds), 100_000);
}

/** Re-opens the claims that rest on one of these annotations: says which version touched it, and ends the sign-off. */
export async function reopenClaimRows(
  db: Db,
  grant: Pick<Grant, 'projectId'>,
  annotationIds: readonly string[],
  reopened: { sourceId: string; version: number },
): Promise<void> {
  await db
    .update(claims)
    .set({ ...reopening(reopened), ...NOT_SIGNED, ...oneMore() })
    .where(restingOn(grant, annotationIds));
}

/** Ends the sign-offs of the claims that rest on one of these annotations. Answers the ids of those that had one. */
export async function endSignOffRows(
  db: Db,
  grant: Pick<Grant, 'projectId'>,
  annotationIds: readonly string[],
): Promise<string[]> {
  const rows = await db
    .update(claims)
    .set({ ...NOT_SIGNED, ...oneMore() })
    .where(and(restingOn(grant, annotationIds), isNotNull(claims.signedOffBy)))
    .returning({ id: claims.id });
  return rows.map(({ id }) => id);
}

/** The claims of the project that rest on one of these annotations and are not deleted. */
function restingOn({ projectId }: Pick<Grant, 'projectId'>, annotationIds: readonly string[]) {
  const ids = sql.param([...annotationIds]);
  return and(
    eq(claims.projectId, projectId),
    isNull(claims.deleted),
    sql`${claims.id} in (select e.claim_id from ${evidence} e where e.annotation_id = any(${ids}::uuid[]))`,
  );
}

const oneMore = () => ({ modified: sql`now()`, revision: sql`${claims.revision} + 1` });

/** One visible claim, deleted or not; `null` when there is none for this Grant. */
export async function selectClaim(db: Db, grant: Grant, id: string): Promise<Claim | null> {
  const [claim] = await read(db, grant, eq(claims.id, id), 1);
  return claim ?? null;
}

/** Visible claims by their ids, deleted or not: those that there are of the given ones. */
export async function selectClaimsById(db: Db, grant: Grant, ids: readonly string[]): Promise<Claim[]> {
  return ids.length === 0 ? [] : read(db, grant, inArray(claims.id, [...ids]), ids.length);
}

export type ClaimFields = Pick<Claim, 'wording' | 'status' | 'confidence' | 'due' | 'tags'> & {
  ownerId: string | null;
};

/** Stores a claim of the Grant's actor, without evidence. Returns false when the id exists already. */
export async function insertClaim(
  db: Db,
  grant: Grant,
  claim: ClaimFields & { id: string },
): Promise<boolean> {
  return (await insertClaims(db, grant, [claim])).size > 0;
}

/** The same for several. Answers the ids of those that were not there. */
export async function insertClaims(
  db: Db,
  { projectId, actor }: Grant,
  given: readonly (ClaimFields & { id: string })[],
): Promise<ReadonlySet<string>> {
  if (given.length === 0) return new Set();
  const rows = await db
    .insert(claims)
    .values(given.map((claim) => ({ ...claim, projectId, creatorId: actor.userId })))
    .onConflictDoNothing()
    .returning({ id: claims.id });
  return new Set(rows.map(({ id }) => id));
}

/**
 * Changes a claim when it still has this revision; returns whether it had. `signedOff: 'now'` is the Grant's actor's, of the
 * revision that stands.
 */
export async function updateClaimRow(
  db: Db,
  grant: Grant,
  id: string,
  revision: number,
  change: Partial<ClaimFields> & {
    deleted?: boolean;
    signedOff?: 'now' | null;
    reopened?: { sourceId: string; version: number } | null;
  },
): Promise<boolean> {
  const { deleted, signedOff, reopened, ...fields } = change;
  const rows = await db
    .update(claims)
    .set({
      ...fields,
      ...(deleted === undefined ? {} : { deleted: deleted ? sql`now()` : null }),
      ...(signedOff === undefined ? {} : signing(grant, revision, signedOff)),
      ...(reopened === undefined ? {} : reopening(reopened)),
      ...oneMore(),
    })
    .where(and(claimsVisibleTo(grant), eq(claims.id, id), eq(claims.revision, revision)))
    .returning({ id: claims.id });
  return rows.length > 0;
}

const NOT_SIGNED = { signedOffBy: null, signedOffAt: null, signedOffRevision: null };

function signing(grant: Grant, revision: number, signedOff: 'now' | null) {
  if (signedOff === null) return NOT_SIGNED;
  return { signedOffBy: grant.actor.userId, signedOffAt: sql`now()`, signedOffRevision: revision };
}

function reopening(reopened: { sourceId: string; version: number } | null) {
  if (reopened === null) return { reopenedAt: null, reopenedSourceId: null, reopenedVersion: null };
  return {
    reopenedAt: sql`now()`,
    reopenedSourceId: reopened.sourceId,
    reopenedVersion: reopened.version,
  };
}
