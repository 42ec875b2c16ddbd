import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Grant } from '../../lib/access/grant';
import type { Hidden } from '../../lib/access/hidden';
import type { Db } from '../client';
import { annotations } from '../schema/annotations';
import { passes } from '../schema/passes';
import { isKept, namedIn, speakersOf } from './kept';

/** The sources of a project under embargo, each with who alone may see it: those who are named, and the owners. */
async function selectEmbargoes(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
): Promise<Map<string, readonly string[]>> {
  const { rows } = await db.execute<{ id: string; named: string[] }>(sql`
    select p.source_id as id, gloss_seen_by(null, p.source_id, false)::text[] as named
    from source_protections p where p.project_id = ${projectId} and p.embargo_until > now()`);
  return new Map(rows.map(({ id, named }) => [id, named]));
}

/** The sources of a project with protected passages, each with who alone may read them. */
async function selectRedacted(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
): Promise<Map<string, readonly string[]>> {
  const { rows } = await db.execute<{ id: string; named: string[] }>(sql`
    select p.source_id as id, gloss_seen_by(null, p.source_id, true)::text[] as named from source_protections p
    where p.project_id = ${projectId} and exists (select from protected_passages x where x.source_id = p.source_id)`);
  return new Map(rows.map(({ id, named }) => [id, named]));
}

/** What embargoes and protected passages withhold, with who alone may see each: sources, and what there is of each that an event can tell of. */
async function selectWithheld(
  db: Db,
  grant: Pick<Grant, 'projectId'>,
  markIds: readonly string[],
  redacted: ReadonlyMap<string, readonly string[]>,
): Promise<Map<string, readonly string[]>> {
  const embargoes = await selectEmbargoes(db, grant);
  if (embargoes.size === 0 && redacted.size === 0) return embargoes;
  const ids = sql`${sql.param([...embargoes.keys()])}::uuid[]`;
  const kept = { sources: ids, passages: sql`${sql.param([...redacted.keys()])}::uuid[]` };
  const { rows } = await db.execute<{ id: string; source: string }>(sql`
    select n.id, n.source_id as source from notes n where n.source_id = any(${ids})
    union select e.claim_id, a.source_id from evidence e join annotations a on a.id = e.annotation_id where ${isKept('a', kept)}
    union select m.id, n.source_id from (${speakersOf(kept)}) w (id) join speakers m on m.id = w.id
      join (${namedIn(kept)}) n on n.root_id = m.root_id
    union select c.id, a.source_id from comments c join threads t on t.id = c.thread_id
      join evidence e on e.claim_id = t.claim_id join annotations a on a.id = e.annotation_id where ${isKept('a', kept)}
    union select a.id, a.source_id from annotations a
      where a.id = any(${sql.param([...markIds])}::uuid[]) and ${isKept('a', kept)}`);
  const withheld = new Map(embargoes);
  for (const { id, source } of rows) {
    // Of a source with both, the embargo names the same people.
    const named = embargoes.get(source) ?? redacted.get(source) ?? [];
    withheld.set(id, withheld.get(id)?.filter((one) => named.includes(one)) ?? named);
  }
  return withheld;
}

/** What blind passes hide now: which of these marks, and from whom; and all passes that do. And what embargoes and protected passages withhold. */
export async function selectHidden(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  markIds: readonly string[],
): Promise<Hidden> {
  const hiding = await db
    .select({ id: passes.id, leadId: passes.leadId })
    .from(passes)
    .where(and(eq(passes.projectId, projectId), eq(passes.kind, 'blind'), isNull(passes.revealed)));
  const marks =
    hiding.length === 0 || markIds.length === 0
      ? []
      : await db
          .select({ id: annotations.id, seenBy: annotations.seenBy })
          .from(annotations)
          .where(
            and(
              eq(annotations.projectId, projectId),
              isNotNull(annotations.seenBy),
              inArray(annotations.id, [...markIds]),
            ),
          );
  const redacted = await selectRedacted(db, { projectId });
  return {
    marks: new Map(marks.map(({ id, seenBy }) => [id, seenBy ?? []])),
    passes: new Map(hiding.map(({ id, leadId }) => [id, leadId])),
    withheld: await selectWithheld(db, { projectId }, markIds, redacted),
    redacted,
  };
}
