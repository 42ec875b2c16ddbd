import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { CodeCount } from '../lib/codebook/passage';
import { shownTo, visibleTo } from './access';
import { redactedFrom, withheldFrom } from './access/kept';
import type { Db } from './client';
import { annotationCodes, annotations } from './schema/annotations';
import { codes } from './schema/codebook';
import { sources } from './schema/sources';

/**
 * Whether a coding (a row of annotation_codes, with its code) was made under other words than the code has now. A
 * version that says the same as the current one is no other.
 */
export const OUTDATED = sql<boolean>`not (
  ${annotationCodes.definitionCodeId} = ${codes.id} and (
    ${annotationCodes.definitionVersion} = ${codes.definitionVersion} or exists (
      select from code_versions v where v.code_id = ${codes.id} and v.version = ${annotationCodes.definitionVersion}
        and (v.name, v.definition, v.when_to_use, v.when_not)
          = (${codes.name}, ${codes.definition}, ${codes.whenToUse}, ${codes.whenNot}))))`;

/** How many visible marks have a code, by source and by who made them. */
export async function countCodings(db: Db, grant: Grant, codeId: string): Promise<CodeCount[]> {
  return db
    .select({
      codeId: annotationCodes.codeId,
      sourceId: annotations.sourceId,
      creatorId: annotations.creatorId,
      count: sql<number>`count(*)::int`,
      outdated: sql<number>`(count(*) filter (where ${OUTDATED}))::int`,
    })
    .from(annotationCodes)
    .innerJoin(codes, eq(codes.id, annotationCodes.codeId))
    .innerJoin(annotations, eq(annotations.id, annotationCodes.annotationId))
    .innerJoin(sources, eq(sources.id, annotations.sourceId))
    .where(
      and(
        eq(annotationCodes.projectId, grant.projectId),
        visibleTo(grant),
        isNull(annotations.deleted),
        isNull(sources.deleted),
        isNull(codes.deleted),
        eq(annotationCodes.codeId, codeId),
      ),
    )
    .groupBy(annotationCodes.codeId, annotations.sourceId, annotations.creatorId);
}

/**
 * How many visible marks have each code. All codings are counted from an index, and those on marks that are deleted or hidden,
 * or whose source is gone, are taken off: they are few, and the many marks need not be read.
 */
export async function countAllCodings(db: Db, grant: Grant): Promise<CodeCount[]> {
  const { projectId } = grant;
  const { rows } = await db.execute<CodeCount>(sql`
    with unseen as (
      select ${annotations.id} as id from ${annotations}
        where ${annotations.projectId} = ${projectId} and ${annotations.deleted} is not null
      union
      select ${annotations.id} from ${annotations} join ${sources} on ${sources.id} = ${annotations.sourceId}
        where ${sources.projectId} = ${projectId} and ${sources.deleted} is not null
      union
      select ${annotations.id} from ${annotations}
        where ${annotations.projectId} = ${projectId} and ${annotations.seenBy} is not null and not ${shownTo(grant.actor)}
      union
      select ${annotations.id} from ${annotations}
        where ${annotations.projectId} = ${projectId} and ${annotations.sourceId} = any(${withheldFrom(grant.actor)})
      union
      select ${annotations.id} from ${annotations} where ${annotations.projectId} = ${projectId} and ${annotations.closed}
        and ${annotations.sourceId} = any(${redactedFrom(grant.actor)})
    ), counted as (
      select code_id, definition_code_id, definition_version, count(*) as n
        from annotation_codes where project_id = ${projectId} group by 1, 2, 3
      union all
      select c.code_id, c.definition_code_id, c.definition_version, -count(*)
        from unseen join annotation_codes c on c.annotation_id = unseen.id group by 1, 2, 3
    )
    select codes.id as "codeId", null as "sourceId", null as "creatorId",
      sum(annotation_codes.n)::int as count,
      coalesce(sum(annotation_codes.n) filter (where ${OUTDATED}), 0)::int as outdated
    from (
      select code_id, definition_code_id, definition_version, sum(n) as n from counted group by 1, 2, 3
    ) annotation_codes join codes on codes.id = annotation_codes.code_id
    where codes.deleted is null group by codes.id having sum(annotation_codes.n) > 0`);
  return rows;
}
