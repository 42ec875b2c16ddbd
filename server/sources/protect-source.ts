import { database, type Transaction } from '../../db/client';
import { type EventAuthor, lockProject } from '../../db/events';
import { selectMembers } from '../../db/members';
import { notify } from '../../db/notify';
import {
  deleteProtection,
  isToCome,
  putProtection,
  selectOpenedProjects,
  selectProtection,
  selectSight,
  takeOpened,
} from '../../db/source-protections';
import { selectSource } from '../../db/sources';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import {
  LONGEST_EMBARGO,
  type SOURCE_DEEDS,
  type SourceProtectionAnswer,
  type SourceProtectionGiven,
} from '../../lib/sources/protection';
import type { Source } from '../../lib/sources/source';
import { recordDeed } from '../audit/record';
import { notFound } from '../edit';
import { publish } from '../events/publish';
import { createSweep, type Sweep } from '../sweep';

const UNPROTECTED = { embargoUntil: null, file: false, isNamed: true, visibleTo: [] };

/** What protects a source; who is named in it is told to those who are. @throws AppError not-found. */
export async function getProtection(grant: Grant, sourceId: string): Promise<SourceProtectionAnswer> {
  if ((await selectSource(database(), grant, sourceId)) === null) throw notFound('source');
  const kept = await selectProtection(database(), grant, sourceId);
  if (!kept?.holds) return { sourceId, ...UNPROTECTED };
  const { holds: _, ...protection } = kept;
  return { sourceId, ...protection };
}

/**
 * Protects a source: until a time (by the clock of the database) only those who are named, and the owners, see it and what hangs on
 * it; or its file is theirs alone. Of one that is protected it changes that.
 * @throws AppError not-found; forbidden when somebody who is not named changes it; invalid for a time that is over or a person who
 * is no member.
 */
export async function protectSource(
  grant: Grant,
  sourceId: string,
  given: SourceProtectionGiven,
): Promise<SourceProtectionAnswer> {
  await database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const source = await findToProtect(tx, grant, sourceId);
    const before = await selectProtection(tx, grant, sourceId);
    const { embargoUntil, file } = given;
    if (embargoUntil === null && !file)
      throw new AppError('invalid', 'Choose a time until which it is closed, or protect its file, or both.');
    if (embargoUntil !== null && !(await isToCome(tx, embargoUntil, LONGEST_EMBARGO)))
      throw new AppError(
        'invalid',
        'An embargo ends at a time that is to come, within the next five years. Choose a later one, or an earlier.',
      );
    const wanted =
      given.visibleTo ?? (before?.holds ? before.visibleTo.map(({ id }) => id) : [source.creator.id]);
    const visibleTo = await namedIn(tx, grant, wanted, given.visibleTo !== undefined);
    const sight = await selectSight(tx, sourceId);
    await putProtection(tx, grant, sourceId, { embargoUntil, file, visibleTo });
    await recordDeed(
      grant,
      'source.protected',
      { subjectId: sourceId, knownTo: visibleTo, until: embargoUntil ?? '', file },
      tx,
    );
    await tellOfSight(tx, grant, sourceId, 'protected', [sight, await selectSight(tx, sourceId)]);
  });
  return getProtection(grant, sourceId);
}

/** Ends what protects a source. @throws AppError not-found; forbidden to whoever is not named in it. */
export async function unprotectSource(grant: Grant, sourceId: string): Promise<SourceProtectionAnswer> {
  await database().transaction(async (tx) => {
    await lockProject(tx, grant);
    await findToProtect(tx, grant, sourceId);
    const before = await selectProtection(tx, grant, sourceId);
    if (!before?.holds) return;
    const sight = await selectSight(tx, sourceId);
    await deleteProtection(tx, grant, sourceId);
    await recordDeed(grant, 'source.unprotected', { subjectId: sourceId }, tx);
    await tellOfSight(tx, grant, sourceId, 'unprotected', [sight, null]);
  });
  return getProtection(grant, sourceId);
}

/** A source whose protection the Grant's holder may change: nobody is let in by somebody who is kept out. */
async function findToProtect(tx: Transaction, grant: Grant, sourceId: string): Promise<Source> {
  const source = await selectSource(tx, grant, sourceId);
  if (source === null) throw notFound('source');
  const before = await selectProtection(tx, grant, sourceId);
  if (before?.holds && !before.isNamed)
    throw new AppError(
      'forbidden',
      'Only people who are named in the protection of this source, and owners of the project, can change it.',
    );
  return source;
}

/** The members who are named, and whoever says so among them. @throws AppError invalid for somebody who is no member. */
async function namedIn(
  tx: Transaction,
  grant: Grant,
  wanted: readonly string[],
  isSaid: boolean,
): Promise<string[]> {
  const known = new Set((await selectMembers(tx, grant)).map(({ userId }) => userId));
  if (isSaid && wanted.some((id) => !known.has(id)))
    throw new AppError('invalid', 'Only members of the project can be named. Add them first.');
  return [...new Set([grant.actor.userId, ...wanted.filter((id) => known.has(id))])];
}

type Sight = readonly string[] | null;

/** Tells of another protection, and the pages of those who see more or less by it to begin anew. */
async function tellOfSight(
  tx: Transaction,
  author: EventAuthor,
  sourceId: string,
  did: (typeof SOURCE_DEEDS)[number],
  [before, after]: readonly [Sight, Sight],
): Promise<void> {
  const sees = (sight: Sight, id: string) => sight === null || sight.includes(id);
  const sight = (await selectMembers(tx, author))
    .map(({ userId }) => userId)
    .filter((id) => sees(before, id) !== sees(after, id));
  const source = await selectSource(tx, { projectId: author.projectId, actor: null }, sourceId);
  if (source === null) return;
  await publish(tx, author, { type: 'source.updated', subject: { ...source, did, sight } });
  // Whoever has the note beside it open, and may no longer see it, is shown out by every process.
  await notify(tx, 'gloss_access', author.projectId);
}

/** Embargoes that one sweep tells of. */
const AT_ONCE = 50;

/** Tells open pages of embargoes that are over. They are over by themselves: this only says so, any number of processes once. */
export function createOpeningSweep(): Sweep {
  return createSweep(async () => {
    let all = 0;
    for (const projectId of await selectOpenedProjects(database(), AT_ONCE))
      all += await database().transaction(async (tx) => {
        await lockProject(tx, { projectId });
        const opened = await takeOpened(tx, { projectId }, AT_ONCE);
        for (const { sourceId, named } of opened)
          await tellOfSight(tx, { projectId, actor: null }, sourceId, 'opened', [named, null]);
        return opened.length;
      });
    return all;
  }, 'embargoes that are over could not be looked up');
}
