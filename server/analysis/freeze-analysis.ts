import { hidesAnything } from '../../db/access';
import { insertFrozenAnalysis, selectFrozenAnalysis, selectSavedAnalysis } from '../../db/analyses';
import { database } from '../../db/client';
import { lockProject } from '../../db/events';
import { selectNote } from '../../db/notes';
import type { Grant } from '../../lib/access/grant';
import type { FrozenAnalysis } from '../../lib/analysis/analysis';
import { AppError } from '../../lib/errors';
import { newId } from '../../lib/new-id';
import { notFound } from '../edit';
import { publish } from '../events/publish';
import { analyse } from './analyse';

/**
 * Keeps what a saved analysis says now for a note, as the actor sees it. The same id twice answers what was kept first.
 * @throws AppError not-found, conflict when the id is another's or a blind pass hides marks.
 */
export async function freezeAnalysis(
  grant: Grant,
  noteId: string,
  { id = newId(), analysisId }: { id?: string; analysisId: string },
): Promise<FrozenAnalysis> {
  const saved = await selectSavedAnalysis(database(), grant, analysisId);
  if (saved === null) throw notFound('saved analysis');
  // What is frozen is read by everybody: it must not count what some of them may not know of.
  if (await hidesAnything(database(), grant))
    throw new AppError(
      'conflict',
      'Something here is not open to everybody yet, and a frozen table would tell of it. Freeze it after that.',
    );
  const table = await analyse(grant, saved.query);
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    if ((await selectNote(tx, grant, noteId)) === null) throw notFound('note');
    const { name, query } = saved;
    const made = await insertFrozenAnalysis(tx, grant, { id, noteId, name, query, table });
    const frozen = await selectFrozenAnalysis(tx, grant, noteId, id);
    if (frozen === null) throw new AppError('conflict', 'This id is taken. Choose another.');
    const { table: _, ...subject } = frozen;
    if (made) await publish(tx, grant, { type: 'note.analysis-frozen', subject });
    return frozen;
  });
}

/** What an analysis said when it was frozen in a note. @throws AppError not-found. */
export async function getFrozenAnalysis(grant: Grant, noteId: string, id: string): Promise<FrozenAnalysis> {
  const frozen = await selectFrozenAnalysis(database(), grant, noteId, id);
  if (frozen === null) throw notFound('frozen analysis');
  return frozen;
}
