import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { SavedSearch } from '../lib/search/saved-search';
import type { Db } from './client';
import { users } from './schema/people';
import { savedSearches } from './schema/search';

/** Those of the project that are shared, and the Grant's actor's own. */
const readableBy = ({ projectId, actor }: Grant) =>
  and(
    eq(savedSearches.projectId, projectId),
    or(savedSearches.shared, eq(savedSearches.creatorId, actor.userId)),
  );

function select(db: Db) {
  return db
    .select({ row: savedSearches, name: users.name })
    .from(savedSearches)
    .innerJoin(users, eq(users.id, savedSearches.creatorId));
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

function toSavedSearch({ row: { creatorId, ...row }, name }: Row): SavedSearch {
  return {
    ...row,
    creator: { id: creatorId, name },
    created: row.created.toISOString(),
    modified: row.modified.toISOString(),
    deleted: row.deleted?.toISOString() ?? null,
  };
}

/** Keeps a search of the Grant's actor; returns false when the id exists already. */
export async function insertSavedSearch(
  db: Db,
  { projectId, actor }: Grant,
  given: { id: string; name: string; q: string; shared: boolean },
): Promise<boolean> {
  const rows = await db
    .insert(savedSearches)
    .values({ ...given, projectId, creatorId: actor.userId })
    .onConflictDoNothing()
    .returning({ id: savedSearches.id });
  return rows.length > 0;
}

/** The saved searches that the Grant's actor may read, oldest first; a page after the cursor (an id). */
export async function selectSavedSearches(
  db: Db,
  grant: Grant,
  page: { limit: number; cursor?: string },
): Promise<SavedSearch[]> {
  const rows = await select(db)
    .where(
      and(
        readableBy(grant),
        isNull(savedSearches.deleted),
        page.cursor ? gt(savedSearches.id, page.cursor) : undefined,
      ),
    )
    .orderBy(asc(savedSearches.id))
    .limit(page.limit);
  return rows.map(toSavedSearch);
}

/** One saved search that the Grant's actor may read, deleted or not. */
export async function selectSavedSearch(db: Db, grant: Grant, id: string): Promise<SavedSearch | null> {
  const [row] = await select(db).where(and(readableBy(grant), eq(savedSearches.id, id)));
  return row ? toSavedSearch(row) : null;
}

/** Changes a saved search when it still has this revision; returns whether it had. */
export async function updateSavedSearchRow(
  db: Db,
  grant: Grant,
  id: string,
  revision: number,
  { deleted, ...fields }: { name?: string; q?: string; shared?: boolean; deleted?: boolean },
): Promise<boolean> {
  const rows = await db
    .update(savedSearches)
    .set({
      ...fields,
      ...(deleted ? { deleted: sql`now()` } : {}),
      modified: sql`now()`,
      revision: sql`${savedSearches.revision} + 1`,
    })
    .where(and(readableBy(grant), eq(savedSearches.id, id), eq(savedSearches.revision, revision)))
    .returning({ id: savedSearches.id });
  return rows.length > 0;
}
