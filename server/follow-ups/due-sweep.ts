import { database, type Transaction } from '../../db/client';
import { type DueRow, takeDue } from '../../db/follow-ups';
import { listenersAmong } from '../notices/listeners';
import { tellPeople } from '../notices/tell';
import { createSweep, type Sweep } from '../sweep';

/** Follow-ups that one transaction takes. */
const AT_ONCE = 200;

/**
 * Tells people that a follow-up of theirs is due, once for each due day, when that day begins in UTC: whether it is today
 * or over by then is for the page to say, which knows its reader's day. Any number of processes share the work: what
 * one has taken the others skip, and what it did not finish is free again.
 */
export function createDueSweep({ now = () => new Date() }: { now?: () => Date } = {}): Sweep {
  return createSweep(async (isStopping) => {
    const day = now().toISOString().slice(0, 10);
    for (let all = 0; ; ) {
      const taken = await database().transaction(async (tx) => {
        const due = await takeDue(tx, day, AT_ONCE);
        for (const mine of Map.groupBy(due, (row) => `${row.projectId} ${row.annotationId}`).values())
          await tellOwners(tx, mine);
        return due.length;
      });
      all += taken;
      if (taken < AT_ONCE || isStopping()) return all;
    }
  }, 'due follow-ups could not be looked up');
}

/** Tells the owners of due follow-ups that one mark (or none) of one project raised, if they may see them. */
async function tellOwners(tx: Transaction, due: readonly DueRow[]): Promise<void> {
  const [first] = due;
  if (first === undefined) return;
  const owners = due.map(({ ownerId }) => ownerId);
  const listeners = await listenersAmong(tx, first, first.annotationId, owners);
  const told = due
    .filter(({ ownerId }) => listeners.includes(ownerId))
    .map(({ id, ownerId }) => ({
      kind: 'follow-up-due' as const,
      userId: ownerId,
      followUpId: id,
      byId: null,
    }));
  await tellPeople(tx, first, told);
}
