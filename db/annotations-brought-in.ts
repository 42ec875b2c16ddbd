import { and, eq, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import { visibleTo } from './access';
import type { Db } from './client';
import { insertRows } from './insert-rows';
import { annotations } from './schema/annotations';
import { annotationTargets } from './schema/targets';

/** Where visible annotations stand, deleted or not, by their ids: those that there are of the given ones. */
export async function selectPlacesOf(
  db: Db,
  grant: Grant,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly sourceId: string; readonly isDeleted: boolean }>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: annotations.id, sourceId: annotations.sourceId, deleted: annotations.deleted })
    .from(annotations)
    .where(and(visibleTo(grant), sql`${annotations.id} = any(${sql.param([...ids])}::uuid[])`));
  return new Map(rows.map(({ id, sourceId, deleted }) => [id, { sourceId, isDeleted: deleted !== null }]));
}

/** An annotation with its codes, and the speaker it is given to where that is known already. */
export type NewAnnotation = Pick<
  typeof annotations.$inferSelect,
  | 'id'
  | 'sourceId'
  | 'version'
  | 'motivation'
  | 'start'
  | 'end'
  | 'exact'
  | 'prefix'
  | 'suffix'
  | 'body'
  | 'quote'
  | 'speakerId'
  | 'written'
> &
  Pick<typeof annotations.$inferInsert, 'passId' | 'coderId' | 'seenBy'> & {
    readonly codeIds: readonly string[];
  };

/**
 * Stores annotations of the Grant's actor with their codes, as `insertAnnotation` does one, and that they were made where they
 * stand. Answers the ids of those that were not there. Some hundred at once: what a statement takes.
 */
export async function insertAnnotations(
  db: Db,
  grant: Grant,
  given: readonly NewAnnotation[],
): Promise<ReadonlySet<string>> {
  if (given.length === 0) return new Set();
  const { projectId, actor } = grant;
  const ids = await insertRows(
    db,
    annotations,
    given.map(({ codeIds: _, passId = null, coderId = null, seenBy = null, ...fields }) => ({
      ...{ ...fields, passId, coderId, seenBy, projectId },
      creatorId: actor.userId,
    })),
  );
  const fresh = given.filter(({ id }) => ids.has(id));
  const codings = fresh.flatMap(({ id, codeIds }) => codeIds.map((code) => ({ id, code })));
  if (codings.length > 0)
    await db.execute(sql`
      insert into annotation_codes (project_id, annotation_id, code_id, definition_code_id, definition_version)
      select c.project_id, one.id, c.id, c.id, c.definition_version
      from jsonb_to_recordset(${JSON.stringify(codings)}::jsonb) as one (id uuid, code uuid)
      join codes c on c.project_id = ${projectId} and c.id = one.code
      on conflict do nothing`);
  await insertPlaces(db, grant, fresh);
  return ids;
}

async function insertPlaces(db: Db, { projectId }: Grant, made: readonly NewAnnotation[]): Promise<void> {
  const as = { outcome: 'made', state: 'settled', score: 1, reason: 'made' } as const;
  const rows = made.map(({ id, sourceId, version, start, end, exact, prefix, suffix }) => ({
    ...{ projectId, annotationId: id, sourceId, version, start, end, exact, prefix, suffix },
    ...as,
  }));
  await insertRows(db, annotationTargets, rows);
}

/** The ids of all marks of a source that the Grant's holder may see, deleted ones too. */
export async function selectMarkIds(db: Db, grant: Grant, sourceId: string): Promise<string[]> {
  const rows = await db
    .select({ id: annotations.id })
    .from(annotations)
    .where(and(visibleTo(grant), eq(annotations.sourceId, sourceId)));
  return rows.map(({ id }) => id);
}
