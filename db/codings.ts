import { and, asc, desc, eq, gt, inArray, isNull, ne, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { Code } from '../lib/codebook/code';
import { kwicOf } from '../lib/codebook/kwic';
import type { CodePassage } from '../lib/codebook/passage';
import { SEEN_BY, visibleTo } from './access';
import type { Db, Transaction } from './client';
import { OUTDATED } from './coding-counts';
import { annotationCodes, annotations } from './schema/annotations';
import { codeDeedCodings, codeDeeds, codes } from './schema/codebook';
import { users } from './schema/people';
import { sources } from './schema/sources';

export type PassageFilter = { source?: string; creator?: string; outdated?: boolean };

/** The visible passages with a code in their context, in the order of their annotations; a page after the cursor (an id). */
export async function selectPassages(
  db: Db,
  grant: Grant,
  codeId: string,
  filter: PassageFilter,
  page: { limit: number; cursor?: string },
): Promise<CodePassage[]> {
  const rows = await db
    .select({
      annotation: {
        id: annotations.id,
        prefix: annotations.prefix,
        exact: annotations.exact,
        suffix: annotations.suffix,
        creatorId: annotations.creatorId,
        created: annotations.created,
        sourceId: annotations.sourceId,
      },
      title: sources.title,
      creatorName: users.name,
      madeUnder: {
        codeId: annotationCodes.definitionCodeId,
        version: annotationCodes.definitionVersion,
      },
      isOutdated: OUTDATED,
    })
    .from(annotationCodes)
    .innerJoin(codes, eq(codes.id, annotationCodes.codeId))
    .innerJoin(annotations, eq(annotations.id, annotationCodes.annotationId))
    .innerJoin(sources, eq(sources.id, annotations.sourceId))
    .innerJoin(users, eq(users.id, annotations.creatorId))
    .where(
      and(
        eq(annotationCodes.codeId, codeId),
        eq(annotationCodes.projectId, grant.projectId),
        visibleTo(grant),
        isNull(annotations.deleted),
        isNull(sources.deleted),
        page.cursor ? gt(annotationCodes.annotationId, page.cursor) : undefined,
        filter.source ? eq(annotations.sourceId, filter.source) : undefined,
        filter.creator ? eq(annotations.creatorId, filter.creator) : undefined,
        filter.outdated ? OUTDATED : undefined,
      ),
    )
    .orderBy(asc(annotationCodes.annotationId))
    .limit(page.limit);
  return rows.map(({ annotation, title, creatorName, madeUnder, isOutdated }) => ({
    id: annotation.id,
    sourceId: annotation.sourceId,
    sourceTitle: title,
    creator: { id: annotation.creatorId, name: creatorName },
    created: annotation.created.toISOString(),
    ...kwicOf(annotation),
    madeUnder,
    isOutdated,
  }));
}

/** A coding as it can be put back. */
export type Coding = { annotationId: string; definitionCodeId: string; definitionVersion: number };

/**
 * The codings with a code whose marks are held to the end of the transaction; seen or not, deleted or not. Whoever has the
 * project's lock may still hang a thread or evidence on such a mark: that needs its key alone.
 */
export async function lockCodings(
  tx: Transaction,
  grant: Grant,
  codeId: string,
  only?: readonly string[],
): Promise<Coding[]> {
  const those = only === undefined ? sql`` : sql`and c.annotation_id = any(${sql.param([...only])}::uuid[])`;
  const { rows } = await tx.execute<Coding>(sql`
    select c.annotation_id as "annotationId", c.definition_code_id as "definitionCodeId",
      c.definition_version as "definitionVersion"
    from annotation_codes c join annotations a on a.id = c.annotation_id
    where c.project_id = ${grant.projectId} and c.code_id = ${codeId} ${those}
    order by a.id for no key update of a`);
  return rows;
}

/** How many of these marks everybody may see: what is said of more would tell of what a blind pass hides. */
export async function countShown(tx: Transaction, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  return tx.$count(
    annotations,
    and(isNull(SEEN_BY), sql`${annotations.id} = any(${sql.param([...ids])}::uuid[])`),
  );
}

/** Which of these annotations have a code. */
export async function selectCoded(
  tx: Transaction,
  grant: Grant,
  codeId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx
    .select({ id: annotationCodes.annotationId })
    .from(annotationCodes)
    .where(
      and(
        eq(annotationCodes.projectId, grant.projectId),
        eq(annotationCodes.codeId, codeId),
        sql`${annotationCodes.annotationId} = any(${sql.param([...ids])}::uuid[])`,
      ),
    );
  return new Set(rows.map(({ id }) => id));
}

/** Takes a code off annotations, puts codings of a code on, and counts it as a change of each annotation. */
export async function recode(
  tx: Transaction,
  grant: Grant,
  off: { codeId: string; annotationIds: readonly string[] },
  on: { codeId: string; codings: readonly Coding[] },
): Promise<string[]> {
  const changed = [...new Set([...off.annotationIds, ...on.codings.map((one) => one.annotationId)])].sort();
  if (changed.length === 0) return [];
  const ids = sql.param([...off.annotationIds]);
  await tx.execute(sql`
    delete from annotation_codes
    where project_id = ${grant.projectId} and code_id = ${off.codeId} and annotation_id = any(${ids}::uuid[])`);
  const given = sql.param(JSON.stringify(on.codings));
  await tx.execute(sql`
    insert into annotation_codes (project_id, annotation_id, code_id, definition_code_id, definition_version)
    select ${grant.projectId}, g."annotationId", ${on.codeId}, g."definitionCodeId", g."definitionVersion"
    from jsonb_to_recordset(${given}::jsonb)
      as g ("annotationId" uuid, "definitionCodeId" uuid, "definitionVersion" int)
    on conflict do nothing`);
  await tx
    .update(annotations)
    // The mark says what it said: only what it is filed under is another.
    .set({ revision: sql`${annotations.revision} + 1` })
    .where(
      and(
        eq(annotations.projectId, grant.projectId),
        sql`${annotations.id} = any(${sql.param(changed)}::uuid[])`,
      ),
    );
  return changed;
}

/** Says that codings hold under what the code says now. Answers the marks that did not say so yet. */
export async function confirmCodings(
  tx: Transaction,
  grant: Grant,
  { id, definitionVersion }: Pick<Code, 'id' | 'definitionVersion'>,
  annotationIds: readonly string[],
): Promise<string[]> {
  const rows = await tx
    .update(annotationCodes)
    .set({ definitionCodeId: id, definitionVersion })
    .from(annotations)
    .where(
      and(
        eq(annotations.id, annotationCodes.annotationId),
        visibleTo(grant),
        eq(annotationCodes.projectId, grant.projectId),
        eq(annotationCodes.codeId, id),
        inArray(annotationCodes.annotationId, [...annotationIds]),
        sql`(${annotationCodes.definitionCodeId}, ${annotationCodes.definitionVersion}) <> (${id}::uuid, ${definitionVersion}::int)`,
      ),
    )
    .returning({ id: annotationCodes.annotationId });
  return rows.map(({ id: markId }) => markId);
}

/** How many of these annotations somebody else made. */
export async function countOfOthers(tx: Transaction, grant: Grant, ids: readonly string[]): Promise<number> {
  return tx.$count(
    annotations,
    and(visibleTo(grant), inArray(annotations.id, [...ids]), ne(annotations.creatorId, grant.actor.userId)),
  );
}

export type Deed = typeof codeDeeds.$inferSelect;
type DeedGiven = Pick<Deed, 'id' | 'kind' | 'codeId' | 'otherId' | 'children'>;

/** Keeps a merge, a split or a deletion with the codings that went over, so that it can be undone. */
export async function insertDeed(
  tx: Transaction,
  grant: Grant,
  deed: DeedGiven,
  codings: readonly (Coding & { hadBoth: boolean })[],
): Promise<void> {
  await tx.insert(codeDeeds).values({ ...deed, projectId: grant.projectId, byId: grant.actor.userId });
  for (let at = 0; at < codings.length; at += 1_000)
    await tx
      .insert(codeDeedCodings)
      .values(codings.slice(at, at + 1_000).map((one) => ({ ...one, deedId: deed.id })));
}

/** The last of these deeds to a code that was not undone, and its codings. */
export async function selectDeed(
  tx: Transaction,
  grant: Grant,
  codeId: string,
  kinds: readonly Deed['kind'][],
): Promise<{ deed: Deed; codings: (Coding & { hadBoth: boolean })[] } | null> {
  const [deed] = await tx
    .select()
    .from(codeDeeds)
    .where(
      and(
        eq(codeDeeds.projectId, grant.projectId),
        eq(codeDeeds.codeId, codeId),
        inArray(codeDeeds.kind, [...kinds]),
        isNull(codeDeeds.undone),
      ),
    )
    .orderBy(desc(codeDeeds.at), desc(codeDeeds.id))
    .limit(1);
  if (deed === undefined) return null;
  const codings = await tx.select().from(codeDeedCodings).where(eq(codeDeedCodings.deedId, deed.id));
  return { deed, codings: codings.map(({ deedId: _, ...coding }) => coding) };
}

/** Says that a deed was undone. */
export async function endDeed(tx: Transaction, grant: Grant, id: string): Promise<void> {
  await tx
    .update(codeDeeds)
    .set({ undone: sql`now()` })
    .where(and(eq(codeDeeds.projectId, grant.projectId), eq(codeDeeds.id, id)));
}
