import { database, type Transaction } from '../../db/client';
import { type EventAuthor, lockProject } from '../../db/events';
import { lockHidden, showMarks } from '../../db/pass-marks';
import { selectDueReveals, updatePassRow } from '../../db/passes';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import type { Pass } from '../../lib/passes/pass';
import { isHiding } from '../../lib/passes/standing';
import { publish } from '../events/publish';
import { createSweep, type Sweep } from '../sweep';
import { findPass, findToChange } from './read-passes';
import { tellOfShown } from './tell';

/**
 * Shows everybody what a pass hid. Its hidden marks and the project's lock are held, in this order.
 * `by` is null where its day, or the last coder, reveals it.
 */
export async function reveal(
  tx: Transaction,
  author: EventAuthor,
  pass: Pass,
  by: string | null,
): Promise<Pass> {
  // Once more: marks were made until the project was held.
  const ids = await lockHidden(tx, pass.id);
  await showMarks(tx, ids);
  await updatePassRow(tx, author, pass.id, { revealedBy: by });
  const revealed = await findPass(tx, author, pass.id);
  await publish(tx, author, { type: 'pass.revealed', subject: revealed });
  await tellOfShown(tx, author, pass.id, ids, pass.lead.id);
  return revealed;
}

/** Reveals a blind pass, by whoever leads it or owns the project; twice is no error. @throws AppError not-found, forbidden. */
export async function revealPass(grant: Grant, id: string): Promise<Pass> {
  return database().transaction(async (tx) => {
    await findPass(tx, grant, id);
    await lockHidden(tx, id);
    await lockProject(tx, grant);
    const pass = await findToChange(tx, grant, id);
    if (pass.kind === 'open') throw new AppError('conflict', 'This pass is open: nothing in it is hidden.');
    return isHiding(pass) ? reveal(tx, grant, pass, grant.actor.userId) : pass;
  });
}

/** Whether everything that is assigned in a pass is done. */
export function isDone({ assignments }: Pass): boolean {
  return assignments.length > 0 && assignments.every(({ state }) => state === 'done');
}

/** Passes that one sweep reveals. */
const AT_ONCE = 50;

/**
 * Reveals blind passes when the day of their reveal begins in UTC. Any number of processes share the work: a pass is revealed
 * under its project's lock, once.
 */
export function createRevealSweep({ now = () => new Date() }: { now?: () => Date } = {}): Sweep {
  return createSweep(async () => {
    const day = now().toISOString().slice(0, 10);
    let all = 0;
    for (const { id, projectId } of await selectDueReveals(database(), day, AT_ONCE)) {
      all += await database().transaction(async (tx) => {
        await lockHidden(tx, id);
        await lockProject(tx, { projectId });
        const pass = await findPass(tx, { projectId }, id);
        const isDue = pass.revealWhen === 'on-date' && pass.revealOn !== null && pass.revealOn <= day;
        if (!isHiding(pass) || !isDue || pass.deleted !== null) return 0;
        await reveal(tx, { projectId, actor: null }, pass, null);
        return 1;
      });
    }
    return all;
  }, 'passes due to be revealed could not be looked up');
}
