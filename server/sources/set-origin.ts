import { database, type Transaction } from '../../db/client';
import { deleteOrigin, insertOrigin } from '../../db/source-origins';
import { lockSource, selectSource, updateSourceRow } from '../../db/sources';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import type { Source } from '../../lib/sources/source';
import { changedMeanwhile, notFound } from '../edit';
import { publish } from '../events/publish';

async function setOrigin(
  grant: Grant,
  sourceId: string,
  change: (tx: Transaction) => Promise<boolean>,
): Promise<Source> {
  return database().transaction(async (tx) => {
    if ((await lockSource(tx, grant, sourceId, 'alone')) === null) throw notFound('source');
    const before = (await selectSource(tx, grant, sourceId)) as Source;
    if (!(await change(tx))) return before;
    if (!(await updateSourceRow(tx, grant, sourceId, before.revision, {}))) throw changedMeanwhile();
    const source = (await selectSource(tx, grant, sourceId)) as Source;
    await publish(tx, grant, { type: 'source.updated', subject: source });
    return source;
  });
}

/**
 * Says that a source takes its facts from another, so that both are one origin; twice is no error. A circle is let in:
 * where origins are counted it is called out.
 * @throws AppError not-found when one of them is not there, invalid for a source and itself.
 */
export async function addOrigin(grant: Grant, sourceId: string, originId: string): Promise<Source> {
  if (sourceId === originId)
    throw new AppError(
      'invalid',
      'A source does not derive from itself. Name the one it takes its facts from.',
    );
  return setOrigin(grant, sourceId, async (tx) => {
    if ((await selectSource(tx, grant, originId)) === null) throw notFound('source');
    return insertOrigin(tx, grant, sourceId, originId);
  });
}

/** Says no longer that a source takes its facts from another; twice is no error. */
export async function removeOrigin(grant: Grant, sourceId: string, originId: string): Promise<Source> {
  return setOrigin(grant, sourceId, (tx) => deleteOrigin(tx, grant, sourceId, originId));
}
