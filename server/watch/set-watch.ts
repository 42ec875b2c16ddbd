import { isRedactedFor } from '../../db/access/kept';
import { database } from '../../db/client';
import { selectSource } from '../../db/sources';
import { deleteWatch, insertWatch, resetWatch, selectWatch } from '../../db/watches';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import { firstCheck } from '../../lib/sources/next-check';
import type { SourceWatch, SourceWatchChange } from '../../lib/sources/watch';
import { baseRevision, changedMeanwhile, notFound } from '../edit';
import { publish } from '../events/publish';
import { spend } from '../limits';

/** The watch on a source; `null` when it is not watched. */
export async function findWatch(grant: Grant, sourceId: string): Promise<SourceWatch | null> {
  return selectWatch(database(), grant, sourceId);
}

/** The watch on a source. @throws AppError not-found when there is no such source, or it is not watched. */
export async function getWatch(grant: Grant, sourceId: string): Promise<SourceWatch> {
  const watch = await findWatch(grant, sourceId);
  if (watch !== null) return watch;
  if ((await selectSource(database(), grant, sourceId)) === null) throw notFound('source');
  throw new AppError('not-found', 'This source is not watched.');
}

/** What a watch finds is compared with the whole text. @throws AppError forbidden to whoever may not read all of it. */
async function mustReadAll(grant: Grant, sourceId: string): Promise<void> {
  if (await isRedactedFor(database(), grant, sourceId))
    throw new AppError(
      'forbidden',
      'Passages of this source are protected. Only people who may read all of it, and owners, can have its page watched.',
    );
}

/**
 * Has the page of a source looked at from time to time, for the Grant's holder: at once first. On a source that is watched
 * already it sets the watch anew, also one that stopped. Counts as an import, for it fetches.
 * @throws AppError forbidden to whoever may not read all of it, invalid for a source without an address, conflict when the watch changed meanwhile.
 */
export async function setWatch(
  grant: Grant,
  sourceId: string,
  { every }: SourceWatchChange,
  ifMatch: number | null,
): Promise<SourceWatch> {
  const source = await selectSource(database(), grant, sourceId);
  if (source === null) throw notFound('source');
  await mustReadAll(grant, sourceId);
  if (source.url === null)
    throw new AppError(
      'invalid',
      'This source has no web address that could be looked at. Bring a version in from its address first, then switch the watch on.',
    );
  await spend('import', grant.actor.userId);
  return database().transaction(async (tx) => {
    const before = await selectWatch(tx, grant, sourceId);
    const lastChecked = before?.lastChecked ? new Date(before.lastChecked) : null;
    const wanted = { every, nextCheck: firstCheck(every, lastChecked, new Date()) };
    if (before === null && ifMatch !== null) throw changedMeanwhile();
    const done =
      before === null
        ? await insertWatch(tx, grant, sourceId, wanted)
        : await resetWatch(tx, grant, sourceId, baseRevision(before, ifMatch), wanted);
    if (!done) throw changedMeanwhile();
    const watch = (await selectWatch(tx, grant, sourceId)) as SourceWatch;
    await publish(tx, grant, { type: 'source.watch-set', subject: watch });
    return watch;
  });
}

/** Ends the watch on a source; answers it as it was. @throws AppError not-found, or conflict when it changed meanwhile. */
export async function removeWatch(
  grant: Grant,
  sourceId: string,
  ifMatch: number | null,
): Promise<SourceWatch> {
  const watch = await getWatch(grant, sourceId);
  await mustReadAll(grant, sourceId);
  const revision = baseRevision(watch, ifMatch);
  return database().transaction(async (tx) => {
    if (!(await deleteWatch(tx, grant, sourceId, revision))) throw changedMeanwhile();
    await publish(tx, grant, { type: 'source.watch-removed', subject: watch });
    return watch;
  });
}
