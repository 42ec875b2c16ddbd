import { type Db, database } from '../db/client';
import {
  insertSavedSearch,
  selectSavedSearch,
  selectSavedSearches,
  updateSavedSearchRow,
} from '../db/saved-searches';
import { can } from '../lib/access/can';
import type { Grant } from '../lib/access/grant';
import { AppError } from '../lib/errors';
import { newId } from '../lib/new-id';
import type { SavedSearch } from '../lib/search/saved-search';
import { baseRevision, changedMeanwhile, notFound, toPage } from './edit';

/** Keeps a search under a name. The same id twice answers the existing one. */
export async function createSavedSearch(
  grant: Grant,
  input: { id?: string; name: string; q: string; shared: boolean },
): Promise<SavedSearch> {
  const id = input.id ?? newId();
  const { name, q, shared } = input;
  return database().transaction(async (tx) => {
    await insertSavedSearch(tx, grant, { id, name, q, shared });
    const saved = await selectSavedSearch(tx, grant, id);
    if (saved === null) throw new AppError('conflict', 'This id is taken. Choose another.');
    return saved;
  });
}

/** The actor's own saved searches and the shared ones. */
export async function listSavedSearches(grant: Grant, { limit, cursor }: { limit: number; cursor?: string }) {
  return toPage(await selectSavedSearches(database(), grant, { limit: limit + 1, cursor }), limit);
}

async function find(db: Db, grant: Grant, id: string, what: 'update' | 'delete'): Promise<SavedSearch> {
  const saved = await selectSavedSearch(db, grant, id);
  if (saved === null || saved.deleted !== null) throw notFound('saved search');
  if (saved.creator.id !== grant.actor.userId && !can(grant.role, `saved-search.${what}-any`)) {
    throw new AppError('forbidden', `Only ${saved.creator.name} or an editor may ${what} this.`);
  }
  return saved;
}

/**
 * Changes a saved search. Another's stays shared: else whoever changed it could not see it any more.
 * @throws AppError conflict when it moved on, forbidden for another's.
 */
export async function updateSavedSearch(
  grant: Grant,
  id: string,
  fields: { name?: string; q?: string; shared?: boolean },
  ifMatch: number | null,
): Promise<SavedSearch> {
  return database().transaction(async (tx) => {
    const before = await find(tx, grant, id, 'update');
    if (fields.shared === false && before.creator.id !== grant.actor.userId) {
      throw new AppError(
        'forbidden',
        `Only ${before.creator.name} may take this search back. You may delete it.`,
      );
    }
    return change(tx, grant, before, ifMatch, fields);
  });
}

/** Deletes a saved search. @throws AppError conflict when it moved on, forbidden for another's. */
export async function deleteSavedSearch(
  grant: Grant,
  id: string,
  ifMatch: number | null,
): Promise<SavedSearch> {
  return database().transaction(async (tx) => {
    const before = await find(tx, grant, id, 'delete');
    return change(tx, grant, before, ifMatch, { deleted: true });
  });
}

async function change(
  db: Db,
  grant: Grant,
  before: SavedSearch,
  ifMatch: number | null,
  fields: Parameters<typeof updateSavedSearchRow>[4],
): Promise<SavedSearch> {
  if (!(await updateSavedSearchRow(db, grant, before.id, baseRevision(before, ifMatch), fields))) {
    throw changedMeanwhile();
  }
  return (await selectSavedSearch(db, grant, before.id)) as SavedSearch;
}
