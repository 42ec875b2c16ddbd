import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { AnalysisQuery, FrozenAnalysis, SavedAnalysis } from '../lib/analysis/analysis';
import { redactedFrom, withheldFrom } from './access/kept';
import type { Db } from './client';
import { frozenAnalyses, savedAnalyses } from './schema/analyses';
import { users } from './schema/people';

const select = (db: Db) =>
  db
    .select({ row: savedAnalyses, name: users.name })
    .from(savedAnalyses)
    .innerJoin(users, eq(users.id, savedAnalyses.creatorId));

type Row = { row: typeof savedAnalyses.$inferSelect; name: string };

const toSaved = ({ row: { creatorId, ...row }, name }: Row): SavedAnalysis => ({
  ...row,
  creator: { id: creatorId, name },
  created: row.created.toISOString(),
  modified: row.modified.toISOString(),
  deleted: row.deleted?.toISOString() ?? null,
});

/** The saved analyses of the project that are not deleted, oldest first; a page after the cursor (an id). */
export async function selectSavedAnalyses(
  db: Db,
  { projectId }: Grant,
  page: { limit: number; cursor?: string },
): Promise<SavedAnalysis[]> {
  const rows = await select(db)
    .where(
      and(
        eq(savedAnalyses.projectId, projectId),
        isNull(savedAnalyses.deleted),
        page.cursor ? gt(savedAnalyses.id, page.cursor) : undefined,
      ),
    )
    .orderBy(asc(savedAnalyses.id))
    .limit(page.limit);
  return rows.map(toSaved);
}

/** One saved analysis of the project, deleted or not. */
export async function selectSavedAnalysis(
  db: Db,
  { projectId }: Grant,
  id: string,
): Promise<SavedAnalysis | null> {
  const [row] = await select(db).where(and(eq(savedAnalyses.projectId, projectId), eq(savedAnalyses.id, id)));
  return row ? toSaved(row) : null;
}

/** Keeps an analysis of the Grant's actor; returns false when the id exists already. */
export async function insertSavedAnalysis(
  db: Db,
  { projectId, actor }: Grant,
  given: { id: string; name: string; query: AnalysisQuery },
): Promise<boolean> {
  const rows = await db
    .insert(savedAnalyses)
    .values({ ...given, projectId, creatorId: actor.userId })
    .onConflictDoNothing()
    .returning({ id: savedAnalyses.id });
  return rows.length > 0;
}

/** Changes a saved analysis when it still has this revision; returns whether it had. */
export async function updateSavedAnalysisRow(
  db: Db,
  { projectId }: Grant,
  id: string,
  revision: number,
  { deleted, ...fields }: { name?: string; query?: AnalysisQuery; deleted?: boolean },
): Promise<boolean> {
  const rows = await db
    .update(savedAnalyses)
    .set({
      ...fields,
      ...(deleted === undefined ? {} : { deleted: deleted ? sql`now()` : null }),
      modified: sql`now()`,
      revision: sql`${savedAnalyses.revision} + 1`,
    })
    .where(
      and(
        eq(savedAnalyses.projectId, projectId),
        eq(savedAnalyses.id, id),
        eq(savedAnalyses.revision, revision),
      ),
    )
    .returning({ id: savedAnalyses.id });
  return rows.length > 0;
}

/** Keeps what an analysis said, in the name of the Grant's actor; returns false when the id exists already. */
export async function insertFrozenAnalysis(
  db: Db,
  { projectId, actor }: Grant,
  given: Pick<FrozenAnalysis, 'id' | 'noteId' | 'name' | 'query' | 'table'>,
): Promise<boolean> {
  const rows = await db
    .insert(frozenAnalyses)
    .values({ ...given, projectId, by: actor.userId })
    .onConflictDoNothing()
    .returning({ id: frozenAnalyses.id });
  return rows.length > 0;
}

const WITHHELD =
  'This was counted while you could read more of the project than now. It is shown again when all of it is.';

/** What an analysis said when it was frozen in a note, without its numbers where an embargo, or a protected passage, withholds some of them; null when there is none. */
export async function selectFrozenAnalysis(
  db: Db,
  { projectId, actor }: Grant,
  noteId: string,
  id: string,
): Promise<FrozenAnalysis | null> {
  const [found] = await db
    .select({
      row: frozenAnalyses,
      name: users.name,
      // Its numbers and titles may be of a source that is withheld by now, and its words of a passage.
      isWithheld: sql<boolean>`exists (select from sources s where s.project_id = ${projectId} and s.created <= ${frozenAnalyses.at}
        and (s.id = any(${withheldFrom(actor)}) or s.id = any(${redactedFrom(actor)})))`,
    })
    .from(frozenAnalyses)
    .innerJoin(users, eq(users.id, frozenAnalyses.by))
    .where(
      and(
        eq(frozenAnalyses.projectId, projectId),
        eq(frozenAnalyses.noteId, noteId),
        eq(frozenAnalyses.id, id),
      ),
    );
  if (found === undefined) return null;
  const { table } = found.row;
  const shown = found.isWithheld
    ? { ...table, columns: [], rows: [], statistics: [], notes: [WITHHELD] }
    : table;
  return {
    ...found.row,
    table: shown,
    by: { id: found.row.by, name: found.name },
    at: found.row.at.toISOString(),
  };
}
