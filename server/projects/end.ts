import { database } from '../../db/client';
import {
  beginEnds,
  type EndPlan,
  findDeleted,
  holdEnding,
  readEndPlan,
  removeEnded,
  removeRows,
} from '../../db/ended-projects';
import { env } from '../../env';
import { AppError } from '../../lib/errors';
import { Id } from '../../lib/ids';
import { endOf } from '../../lib/projects/deleted';
import { createSweep, type Sweep } from '../sweep';

/** Rows that one transaction removes. */
const AT_ONCE = 1_000;

/**
 * Ends projects for good once their grace time is over: some rows a transaction, so that nobody waits for it, and wherever it was
 * broken off it goes on. A transaction holds the project's row: of any number of processes one removes.
 */
export function createEndSweep({
  now = () => new Date(),
  atOnce = AT_ONCE,
}: {
  now?: () => Date;
  atOnce?: number;
} = {}): Sweep {
  return createSweep(async (isStopping) => {
    const days = env().DELETED_PROJECT_DAYS;
    const due = await beginEnds(database(), endOf(now(), -days));
    if (due.length === 0) return 0;
    const plan = await readEndPlan(database());
    let gone = 0;
    for (const id of due) if (await end(id, plan, atOnce, isStopping)) gone += 1;
    return gone;
  }, 'deleted projects could not be ended');
}

/** Ends a deleted project before its time. @throws AppError not-found when no deleted project has that id. */
export async function endProjectNow(projectId: string): Promise<{ name: string }> {
  const found = Id.safeParse(projectId).success ? await findDeleted(database(), projectId) : null;
  if (found === null)
    throw new AppError(
      'not-found',
      'No deleted project has that id. An owner deletes it first, in its settings.',
    );
  await beginEnds(database(), null, projectId);
  const isGone = await end(projectId, await readEndPlan(database()), AT_ONCE, () => false);
  if (!isGone)
    throw new AppError('conflict', 'The program is ending this project just now. Look again in a while.');
  return found;
}

/** Whether a project is gone: false where another process has it, or the work was broken off. */
async function end(
  projectId: string,
  plan: EndPlan,
  atOnce: number,
  isStopping: () => boolean,
): Promise<boolean> {
  // Removing a coding lets the search learn its mark anew: round after round, until one finds nothing.
  for (let left = true; left; ) {
    left = false;
    for (const table of plan) {
      for (let removed = atOnce; removed === atOnce; ) {
        if (isStopping()) return false;
        removed = await database().transaction(async (tx) =>
          (await holdEnding(tx, projectId)) ? removeRows(tx, table, projectId, atOnce) : -1,
        );
        if (removed < 0) return false;
        left ||= removed > 0;
      }
    }
  }
  return database().transaction(async (tx) => {
    if (!(await holdEnding(tx, projectId))) return false;
    await removeEnded(tx, projectId);
    return true;
  });
}
