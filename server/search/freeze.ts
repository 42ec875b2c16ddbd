import { database } from '../../db/client';
import { insertFrozenQuery, selectFrozenQuery } from '../../db/frozen-queries';
import { selectNote } from '../../db/notes';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import { newId } from '../../lib/new-id';
import { type FrozenQuery, MOST_FROZEN } from '../../lib/search/frozen-query';
import { notFound } from '../edit';
import { publish } from '../events/publish';
import { search } from './search';

/**
 * Keeps what a search finds now for a note, as the actor sees it. The same id twice answers what was kept first.
 * @throws AppError conflict when the id is another's.
 */
export async function freezeQuery(
  grant: Grant,
  noteId: string,
  { id = newId(), q }: { id?: string; q: string },
): Promise<FrozenQuery> {
  const { items, total } = await search(grant, { q, limit: MOST_FROZEN });
  return database().transaction(async (tx) => {
    if ((await selectNote(tx, grant, noteId)) === null) throw notFound('note');
    const made = await insertFrozenQuery(tx, grant, { id, noteId, q, items, total });
    const frozen = await selectFrozenQuery(tx, grant, noteId, id);
    if (frozen === null) throw new AppError('conflict', 'This id is taken. Choose another.');
    const { items: _, ...subject } = frozen;
    if (made) await publish(tx, grant, { type: 'note.query-frozen', subject });
    return frozen;
  });
}

/** What a search found when it was frozen in a note, as far as the actor may see it. */
export async function getFrozenQuery(grant: Grant, noteId: string, id: string): Promise<FrozenQuery> {
  const frozen = await selectFrozenQuery(database(), grant, noteId, id);
  if (frozen === null) throw notFound('frozen search');
  return frozen;
}
