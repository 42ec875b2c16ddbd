import { and, asc, count, eq, inArray, isNull, max } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import { visibleTo } from './access';
import type { Db } from './client';
import { annotationIris } from './schema/annotation-iris';
import { annotations } from './schema/annotations';
import { sources } from './schema/sources';

const standing = (grant: Grant) =>
  and(visibleTo(grant), isNull(annotations.deleted), isNull(sources.deleted));
const inItsSource = and(eq(sources.projectId, annotations.projectId), eq(sources.id, annotations.sourceId));

/** How many annotations in standing sources the Grant's holder may see, and when one of them changed last. */
export async function countContained(
  db: Db,
  grant: Grant,
): Promise<{ total: number; modified: Date | null }> {
  const [row] = await db
    .select({ total: count(), modified: max(annotations.modified) })
    .from(annotations)
    .innerJoin(sources, inItsSource)
    .where(standing(grant));
  return row ?? { total: 0, modified: null };
}

/** Their ids in the order they were made: so many after so many others. */
export async function selectContained(
  db: Db,
  grant: Grant,
  { limit, offset }: { limit: number; offset: number },
): Promise<string[]> {
  const rows = await db
    .select({ id: annotations.id })
    .from(annotations)
    .innerJoin(sources, inItsSource)
    .where(standing(grant))
    .orderBy(asc(annotations.id))
    .limit(limit)
    .offset(offset);
  return rows.map(({ id }) => id);
}

export type AnnotationIris = { readonly canonical: string | null; readonly via: readonly string[] };

/** The IRIs of others for these annotations, which the Grant's holder may see; those without any are left out. */
export async function selectIris(
  db: Db,
  grant: Grant,
  ids: readonly string[],
): Promise<Map<string, AnnotationIris>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: annotations.id, canonical: annotationIris.canonical, via: annotationIris.via })
    .from(annotationIris)
    .innerJoin(annotations, eq(annotations.id, annotationIris.annotationId))
    .where(and(visibleTo(grant), inArray(annotations.id, [...ids])));
  return new Map(rows.map(({ id, ...iris }) => [id, iris]));
}

/** Keeps the IRIs that an annotation came with, in the transaction that makes or changes it. */
export async function saveIris(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  annotationId: string,
  { canonical, via }: AnnotationIris,
): Promise<void> {
  const given = { canonical, via: [...via] };
  await db
    .insert(annotationIris)
    .values({ annotationId, projectId, ...given })
    .onConflictDoUpdate({ target: annotationIris.annotationId, set: given });
}
