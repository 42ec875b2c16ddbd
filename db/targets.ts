import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Grant } from '../lib/access/grant';
import type { TargetState } from '../lib/annotations/anchoring';
import type { CarriedTarget, Standing } from '../lib/annotations/carry-target';
import type { Passage, Target } from '../lib/annotations/target';
import { SEEN_BY, visibleTo } from './access';
import { isRedactedFor } from './access/kept';
import type { Db, Transaction } from './client';
import { annotations } from './schema/annotations';
import { users } from './schema/people';
import { annotationTargets } from './schema/targets';

/** Rows that one statement reads or writes: what a turn of the program's one thread may take. */
const CHUNK = 250;

/** Keeps that an annotation was made where it stands. */
export async function insertMadeTarget(
  tx: Transaction,
  { projectId }: Pick<Grant, 'projectId'>,
  made: Passage & { annotationId: string; sourceId: string; version: number },
): Promise<void> {
  const as = { outcome: 'made', state: 'settled', score: 1, reason: 'made' } as const;
  const { annotationId, sourceId, version, start, end, exact, prefix, suffix } = made;
  const place = { start, end, exact, prefix, suffix };
  await tx.insert(annotationTargets).values({ projectId, annotationId, sourceId, version, ...place, ...as });
}

/** An annotation with where it stands for certain, as it is carried to a new version. */
export type StandingMark = Standing & {
  readonly annotationId: string;
  readonly creatorId: string;
  readonly seenBy: readonly string[] | null;
  /** The version that `start` and `end` count in. */
  readonly version: number;
  readonly deleted: boolean;
  /** The revision of its newest target: with the place, what must be the same still when it has been carried. */
  readonly revision: number;
};

/** Every annotation of a source, seen or not and deleted or not, with its newest target: what a new version carries. */
export async function selectStanding(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  sourceId: string,
  current: number,
): Promise<StandingMark[]> {
  const { state, outcome, score, was, changedIn, revision, start } = annotationTargets;
  const { id, creatorId, version, deleted, exact } = annotations;
  const place = { start: annotations.start, end: annotations.end, exact };
  const standing: StandingMark[] = [];
  for (;;) {
    const last = standing.at(-1)?.annotationId;
    const rows = await db
      .select({
        ...{ annotationId: id, creatorId, seenBy: SEEN_BY, version, deleted, ...place },
        ...{ state, outcome, score, was, changedIn, revision, isPlaced: sql<boolean>`${start} is not null` },
      })
      .from(annotations)
      .innerJoin(
        annotationTargets,
        and(eq(annotationTargets.annotationId, id), eq(annotationTargets.version, current)),
      )
      .where(
        and(
          eq(annotations.projectId, projectId),
          eq(annotations.sourceId, sourceId),
          last === undefined ? undefined : gt(id, last),
        ),
      )
      .orderBy(asc(id))
      .limit(CHUNK);
    for (const row of rows) standing.push({ ...row, deleted: row.deleted !== null });
    if (rows.length < CHUNK) return standing;
  }
}

/** Writes what became of marks in a new version, and moves those on that have a place in it. */
export async function insertCarried(
  tx: Transaction,
  { projectId }: Pick<Grant, 'projectId'>,
  sourceId: string,
  carried: readonly (CarriedTarget & { annotationId: string })[],
): Promise<void> {
  for (let at = 0; at < carried.length; at += CHUNK) {
    const chunk = carried.slice(at, at + CHUNK);
    await tx.execute(sql`
      insert into annotation_targets (project_id, source_id, annotation_id, version, start, "end", exact, prefix, suffix,
        outcome, score, reason, candidates, state, was, changed_in)
      select ${projectId}::uuid, ${sourceId}::uuid, one."annotationId", one.version, (one.place->>'start')::int,
        (one.place->>'end')::int, one.place->>'exact', one.place->>'prefix', one.place->>'suffix', one.outcome, one.score,
        one.reason, one.candidates, one.state, one.was, one."changedIn"
      from jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb) as one ("annotationId" uuid, version int, place jsonb,
        outcome text, score real, reason text, candidates jsonb, state text, was text, "changedIn" int)`);
    const moves = chunk.flatMap(({ annotationId: id, version, place }) =>
      place === null ? [] : [{ id, version, ...place }],
    );
    await moveAnnotations(tx, { projectId }, moves);
  }
}

type Move = Passage & { id: string; version: number };

/** Sets where annotations stand. Their revision stays: it counts what people say with a mark, not where it stands. */
async function moveAnnotations(
  tx: Transaction,
  { projectId }: Pick<Grant, 'projectId'>,
  moves: readonly Move[],
): Promise<void> {
  if (moves.length === 0) return;
  await tx.execute(sql`
    update annotations set version = move.version, start = move.start, "end" = move."end", exact = move.exact,
      prefix = move.prefix, suffix = move.suffix
    from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as move
      (id uuid, version int, start int, "end" int, exact text, prefix text, suffix text)
    where annotations.id = move.id and annotations.project_id = ${projectId}`);
}

type Row = typeof annotationTargets.$inferSelect;
const older = alias(annotationTargets, 'older');

/** A place in a version as it is stored: candidates are places without their words. */
export type StoredTarget = Omit<Target, 'candidates'> & { readonly candidates: Row['candidates'] };

function passageOf({ start, end, exact, prefix, suffix }: Row, isRedacted: boolean): Passage | null {
  if (start === null || end === null || exact === null) return null;
  // What stood around it in older versions is history, and may be of a passage that is protected by now.
  if (isRedacted) return { start, end, exact, prefix: '', suffix: '' };
  return { start, end, exact, prefix: prefix ?? '', suffix: suffix ?? '' };
}

/** The targets of a version, on visible annotations that are not deleted; a page after an annotation's id. */
export async function selectTargets(
  db: Db,
  grant: Grant,
  filter: { sourceId: string; version: number; state?: TargetState; annotationId?: string },
  page: { limit: number; cursor?: string },
): Promise<StoredTarget[]> {
  const before = db
    .select()
    .from(older)
    .where(
      and(
        eq(older.annotationId, annotationTargets.annotationId),
        lt(older.version, annotationTargets.version),
        isNotNull(older.start),
      ),
    )
    .orderBy(desc(older.version))
    .limit(1)
    .as('before');
  const rows = await db
    .select({ target: annotationTargets, decider: users.name, before: sql<Row | null>`to_jsonb("before")` })
    .from(annotationTargets)
    .innerJoin(annotations, eq(annotations.id, annotationTargets.annotationId))
    .leftJoin(users, eq(users.id, annotationTargets.decidedBy))
    .leftJoinLateral(before, sql`true`)
    .where(
      and(
        visibleTo(grant),
        filter.annotationId === undefined
          ? isNull(annotations.deleted)
          : eq(annotationTargets.annotationId, filter.annotationId),
        eq(annotationTargets.sourceId, filter.sourceId),
        eq(annotationTargets.version, filter.version),
        filter.state === undefined ? undefined : eq(annotationTargets.state, filter.state),
        page.cursor === undefined ? undefined : gt(annotationTargets.annotationId, page.cursor),
      ),
    )
    .orderBy(asc(annotationTargets.annotationId))
    .limit(page.limit);
  const isRedacted = await isRedactedFor(db, grant, filter.sourceId);
  return rows.map(({ target, decider, before: stood }) => {
    const last = stood === null ? null : passageOf(stood, isRedacted);
    return {
      annotationId: target.annotationId,
      sourceId: target.sourceId,
      version: target.version,
      outcome: target.outcome,
      state: target.state,
      score: target.score,
      reason: target.reason,
      place: passageOf(target, isRedacted),
      stood: last === null || stood === null ? null : { ...last, version: stood.version },
      candidates: target.candidates,
      was: target.was,
      changedIn: target.changedIn,
      decidedBy: target.decidedBy === null ? null : { id: target.decidedBy, name: decider ?? '' },
      decidedAt: target.decidedAt?.toISOString() ?? null,
      revision: target.revision,
    };
  });
}

/** What a decision makes of a target; `place` where the mark stands in this version from now on, `null` for nowhere. */
export type DecidedRow = {
  readonly state: TargetState;
  readonly place: Passage | null;
  readonly was: string | null;
  readonly changedIn: number | null;
  /** Whether a person decided; opening it again forgets who did. */
  readonly decided: boolean;
};

/**
 * Writes a decision when the target still has this revision, and moves the annotation to its place: back to where it
 * stood last when it has none. Returns whether it had that revision.
 */
export async function updateTarget(
  tx: Transaction,
  grant: Grant,
  target: Pick<StoredTarget, 'annotationId' | 'version' | 'revision' | 'stood'>,
  { place, decided, ...fields }: DecidedRow,
): Promise<boolean> {
  const nowhere = { start: null, end: null, exact: null, prefix: null, suffix: null };
  const rows = await tx
    .update(annotationTargets)
    .set({
      ...fields,
      ...(place ?? nowhere),
      decidedBy: decided ? grant.actor.userId : null,
      decidedAt: decided ? sql`now()` : null,
      revision: sql`${annotationTargets.revision} + 1`,
    })
    .where(
      and(
        eq(annotationTargets.projectId, grant.projectId),
        eq(annotationTargets.annotationId, target.annotationId),
        eq(annotationTargets.version, target.version),
        eq(annotationTargets.revision, target.revision),
      ),
    )
    .returning({ id: annotationTargets.annotationId });
  if (rows.length === 0) return false;
  const stands = place === null ? target.stood : { ...place, version: target.version };
  if (stands !== null) await moveAnnotations(tx, grant, [{ id: target.annotationId, ...stands }]);
  return true;
}

/** Keeps in the newest target that a person moved the mark, within the current version or to it from where it stood `before`. */
export async function replaceTargetPlace(
  tx: Transaction,
  grant: Grant,
  annotationId: string,
  { version, start, end, exact, prefix, suffix }: Passage & { version: number },
  before: { version: number; exact: string } | null,
): Promise<void> {
  const isOther = before !== null && before.version !== version && before.exact !== exact;
  const { outcome, revision } = annotationTargets;
  await tx
    .update(annotationTargets)
    .set({
      ...{ start, end, exact, prefix, suffix },
      // Where it was made in this version nobody has anything to decide.
      state: sql`case when ${outcome} = 'made' then 'settled' else 'placed' end`,
      ...(isOther ? { was: before.exact, changedIn: version } : {}),
      decidedBy: grant.actor.userId,
      decidedAt: sql`now()`,
      revision: sql`${revision} + 1`,
    })
    .where(
      and(
        eq(annotationTargets.projectId, grant.projectId),
        eq(annotationTargets.annotationId, annotationId),
        eq(annotationTargets.version, version),
      ),
    );
}

/** Who made these annotations, by their ids; those the Grant's holder may not see are left out. */
export async function selectCreators(
  db: Db,
  grant: Grant,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: annotations.id, creatorId: annotations.creatorId })
    .from(annotations)
    .where(and(visibleTo(grant), inArray(annotations.id, [...ids])));
  return new Map(rows.map(({ id, creatorId }) => [id, creatorId]));
}
