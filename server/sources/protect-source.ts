import { database, type Transaction } from '../../db/client';
import { type EventAuthor, lockProject } from '../../db/events';
import { selectMembers } from '../../db/members';
import { notify } from '../../db/notify';
import { deletePassages, selectPassages } from '../../db/protected-passages';
import {
  deleteProtection,
  isToCome,
  putProtection,
  selectOpenedProjects,
  selectProtection,
  selectSight,
  takeOpened,
} from '../../db/source-protections';
import { lockSource, selectSource } from '../../db/sources';
import { selectWatch, takeOverWatch } from '../../db/watches';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import {
  LONGEST_EMBARGO,
  type SOURCE_DEEDS,
  type SourceProtectionAnswer,
  type SourceProtectionGiven,
} from '../../lib/sources/protection';
import type { Source } from '../../lib/sources/source';
import type { SourceWatch } from '../../lib/sources/watch';
import { recordDeed } from '../audit/record';
import { notFound } from '../edit';
import { publish } from '../events/publish';
import { createSweep, type Sweep } from '../sweep';
import { rewriteRedacted } from './redacted-texts';

const UNPROTECTED = {
  ...{ embargoUntil: null, file: false, ownFile: false, passages: false, lost: false },
  ...{ isNamed: true, visibleTo: [], protectedPassages: [] },
};

/** What protects a source; who is named in it is told to those who are. @throws AppError not-found. */
export async function getProtection(grant: Grant, sourceId: string): Promise<SourceProtectionAnswer> {
  if ((await selectSource(database(), grant, sourceId)) === null) throw notFound('source');
  const kept = await selectProtection(database(), grant, sourceId);
  if (!kept?.holds) return { sourceId, ...UNPROTECTED };
  const { holds: _, ...protection } = kept;
  const protectedPassages = kept.isNamed ? await selectPassages(database(), grant, sourceId) : [];
  return { sourceId, ...protection, protectedPassages };
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
    if (embargoUntil === null && !file && !before?.passages)
      throw new AppError(
        'invalid',
        'Choose a time until which it is closed, or protect its file, or a passage of its text.',
      );
    if (embargoUntil !== null && !(await isToCome(tx, embargoUntil, LONGEST_EMBARGO)))
      throw new AppError(
        'invalid',
        'An embargo ends at a time that is to come, within the next five years. Choose a later one, or an earlier.',
      );
    const wanted =
      given.visibleTo ?? (before?.holds ? before.visibleTo.map(({ id }) => id) : [source.creator.id]);
    const visibleTo = await namedIn(tx, grant, wanted, given.visibleTo !== undefined);
    const was = await sightOf(tx, sourceId);
    await putProtection(tx, grant, sourceId, { embargoUntil, file, visibleTo });
    await recordDeed(
      grant,
      'source.protected',
      { subjectId: sourceId, knownTo: visibleTo, until: embargoUntil ?? '', file },
      tx,
    );
    await tellOfSight(tx, grant, sourceId, 'protected', was);
    await watchAsNamed(tx, grant, sourceId, 'source');
    await watchAsNamed(tx, grant, sourceId, 'passages');
  });
  return getProtection(grant, sourceId);
}

/** Ends what protects a source, its passages too. @throws AppError not-found; forbidden to whoever is not named in it. */
export async function unprotectSource(grant: Grant, sourceId: string): Promise<SourceProtectionAnswer> {
  await database().transaction(async (tx) => {
    await holdToProtect(tx, grant, sourceId);
    const before = await selectProtection(tx, grant, sourceId);
    if (!before?.holds) return;
    const was = await sightOf(tx, sourceId);
    if ((await deletePassages(tx, grant, sourceId)) > 0) await rewriteRedacted(tx, grant, sourceId);
    await deleteProtection(tx, grant, sourceId);
    await recordDeed(grant, 'source.unprotected', { subjectId: sourceId }, tx);
    await tellOfSight(tx, grant, sourceId, 'unprotected', was);
  });
  return getProtection(grant, sourceId);
}

/** The same, with no version made and no mark written to the end of the transaction. Whoever makes a version holds the source first, too. */
export async function holdToProtect(tx: Transaction, grant: Grant, sourceId: string): Promise<Source> {
  if ((await lockSource(tx, grant, sourceId, 'alone')) === null) throw notFound('source');
  await lockProject(tx, grant);
  return findToProtect(tx, grant, sourceId);
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
export async function namedIn(
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

/** Whoever is kept out looks at nothing: the page is watched as somebody who may see what comes of it. */
export async function watchAsNamed(
  tx: Transaction,
  grant: Grant,
  sourceId: string,
  of: keyof Sight,
): Promise<void> {
  const named = (await sightOf(tx, sourceId))[of];
  if (named === null || !(await takeOverWatch(tx, grant, sourceId, named))) return;
  const subject = (await selectWatch(tx, grant, sourceId)) as SourceWatch;
  await publish(tx, grant, { type: 'source.watch-set', subject });
}

type Who = readonly string[] | null;
/** Who alone may see a source, and who alone all of its text; `null` for everybody. */
type Sight = { readonly source: Who; readonly passages: Who };

/** Who may see a source, and read its protected passages, as it is now. */
export async function sightOf(tx: Transaction, sourceId: string): Promise<Sight> {
  const source = await selectSight(tx, sourceId, 'source');
  return { source, passages: await selectSight(tx, sourceId, 'passages') };
}

/**
 * Tells of another protection than there `was`, and the pages of those who see more or less by it to begin anew; with `anew` those of all
 * who may not read all of its text: they are shown other words of it.
 */
export async function tellOfSight(
  tx: Transaction,
  author: EventAuthor,
  sourceId: string,
  did: (typeof SOURCE_DEEDS)[number],
  was: Sight,
  { anew = false }: { readonly anew?: boolean } = {},
): Promise<void> {
  const now = await sightOf(tx, sourceId);
  const sees = (who: Who, id: string) => who === null || who.includes(id);
  const isOther = (of: keyof Sight, id: string) => sees(was[of], id) !== sees(now[of], id);
  const sight = (await selectMembers(tx, author))
    .map(({ userId }) => userId)
    .filter((id) => isOther('source', id) || isOther('passages', id) || (anew && !sees(now.passages, id)));
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
          await tellOfSight(tx, { projectId, actor: null }, sourceId, 'opened', {
            source: named,
            passages: named,
          });
        return opened.length;
      });
    return all;
  }, 'embargoes that are over could not be looked up');
}
