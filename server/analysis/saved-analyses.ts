import {
  insertSavedAnalysis,
  selectSavedAnalyses,
  selectSavedAnalysis,
  updateSavedAnalysisRow,
} from '../../db/analyses';
import { type Db, database } from '../../db/client';
import { lockProject } from '../../db/events';
import { can } from '../../lib/access/can';
import type { Grant } from '../../lib/access/grant';
import type { NewSavedAnalysis, SavedAnalysis, SavedAnalysisChange } from '../../lib/analysis/analysis';
import { AppError } from '../../lib/errors';
import { newId } from '../../lib/new-id';
import { baseRevision, changedMeanwhile, notFound, toPage } from '../edit';
import { publish } from '../events/publish';

/** Keeps an analysis under a name for everybody in the project. The same id twice answers the existing one. */
export async function createSavedAnalysis(grant: Grant, input: NewSavedAnalysis): Promise<SavedAnalysis> {
  const id = input.id ?? newId();
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const made = await insertSavedAnalysis(tx, grant, { id, name: input.name, query: input.query });
    const saved = await selectSavedAnalysis(tx, grant, id);
    if (saved === null) throw new AppError('conflict', 'This id is taken. Choose another.');
    if (made) await publish(tx, grant, { type: 'analysis.saved', subject: saved });
    return saved;
  });
}

/** The saved analyses of the project, oldest first. */
export async function listSavedAnalyses(grant: Grant, page: { limit: number; cursor?: string }) {
  return toPage(await selectSavedAnalyses(database(), grant, { ...page, limit: page.limit + 1 }), page.limit);
}

async function find(db: Db, grant: Grant, id: string): Promise<SavedAnalysis> {
  const saved = await selectSavedAnalysis(db, grant, id);
  if (saved === null) throw notFound('saved analysis');
  return saved;
}

/** One saved analysis, also of one that was deleted. @throws AppError not-found. */
export async function getSavedAnalysis(grant: Grant, id: string): Promise<SavedAnalysis> {
  return find(database(), grant, id);
}

async function change(
  grant: Grant,
  id: string,
  ifMatch: number | null,
  fields: SavedAnalysisChange & { deleted?: boolean },
): Promise<SavedAnalysis> {
  const what = fields.deleted === undefined ? 'update' : 'delete';
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const before = await find(tx, grant, id);
    if (before.creator.id !== grant.actor.userId && !can(grant.role, `analysis.${what}-any`))
      throw new AppError('forbidden', `Only ${before.creator.name} or an editor may do this.`);
    if (fields.deleted === undefined && before.deleted !== null)
      throw new AppError('conflict', 'This analysis was deleted. Restore it first.');
    if (fields.deleted !== undefined && (before.deleted !== null) === fields.deleted) return before;
    if (!(await updateSavedAnalysisRow(tx, grant, id, baseRevision(before, ifMatch), fields)))
      throw changedMeanwhile();
    const saved = await find(tx, grant, id);
    const type =
      fields.deleted === undefined
        ? 'analysis.updated'
        : fields.deleted
          ? 'analysis.deleted'
          : 'analysis.restored';
    await publish(tx, grant, { type, subject: saved });
    return saved;
  });
}

/** Changes a saved analysis, and every living block that shows it. @throws AppError conflict, forbidden for another's. */
export async function updateSavedAnalysis(
  grant: Grant,
  id: string,
  fields: SavedAnalysisChange,
  ifMatch: number | null,
): Promise<SavedAnalysis> {
  return change(grant, id, ifMatch, fields);
}

/** Deletes a saved analysis so that it can be restored. @throws AppError conflict, forbidden for another's. */
export async function deleteSavedAnalysis(
  grant: Grant,
  id: string,
  ifMatch: number | null,
): Promise<SavedAnalysis> {
  return change(grant, id, ifMatch, { deleted: true });
}

/** Restores a deleted analysis. @throws AppError forbidden for another's. */
export async function restoreSavedAnalysis(grant: Grant, id: string): Promise<SavedAnalysis> {
  return change(grant, id, null, { deleted: false });
}
