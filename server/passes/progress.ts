import { database, type Transaction } from '../../db/client';
import { lockProject } from '../../db/events';
import { lockHidden, showMarksTo } from '../../db/pass-marks';
import { updateProgress } from '../../db/passes';
import { can } from '../../lib/access/can';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import type { Pass, PassAssignment, PassProgress } from '../../lib/passes/pass';
import { coderOf, isHiding } from '../../lib/passes/standing';
import { publish } from '../events/publish';
import { findPass, mustLead, passSeenBy } from './read-passes';
import { isDone, reveal } from './reveal';
import { tellOfShown } from './tell';

/**
 * Says how far a coder is with a source: oneself, or anybody for whoever leads. Whoever is done in a pass with an expert sees
 * the expert's marks on that source; the last one to be done reveals a pass that waits for that.
 * @throws AppError forbidden, invalid where that source is not theirs, conflict for going on after an expert was seen.
 */
export async function setProgress(grant: Grant, id: string, given: PassProgress): Promise<Pass> {
  return database().transaction(async (tx) => {
    await findPass(tx, grant, id);
    await lockHidden(tx, id);
    await lockProject(tx, grant);
    const before = await findPass(tx, grant, id);
    if (before.deleted !== null) throw new AppError('conflict', 'This pass was deleted.');
    const assignment = assignmentOf(grant, before, given);
    const userId = before.coders.find((coder) => coder.id === assignment.coderId)?.userId ?? null;
    const isOwn = userId === grant.actor.userId;
    if (isOwn && assignment.state === 'done' && given.state !== 'done' && learns(before, assignment.coderId))
      throw new AppError('conflict', "You have seen the expert's marks on this source: it stays done.");
    if (assignment.state !== given.state)
      await move(tx, grant, before, { ...assignment, state: given.state });
    const pass = await findPass(tx, grant, id);
    if (given.state === 'done' && userId !== null && learns(pass, assignment.coderId))
      await showExpert(tx, grant, pass, given.sourceId, userId);
    if (isHiding(pass) && pass.revealWhen === 'when-done' && isDone(pass))
      return reveal(tx, { projectId: grant.projectId, actor: null }, pass, null);
    return passSeenBy(tx, grant, pass);
  });
}

/** Whether a pass is one in which this coder learns from an expert. */
function learns({ coders }: Pass, coderId: string): boolean {
  return (
    coders.some(({ isExpert }) => isExpert) && !coders.some(({ id, isExpert }) => isExpert && id === coderId)
  );
}

function assignmentOf(grant: Grant, pass: Pass, { coderId, sourceId }: PassProgress): PassAssignment {
  const mine = coderOf(pass, grant.actor.userId)?.id;
  const whose = coderId ?? mine;
  if (whose === undefined) throw new AppError('invalid', 'You are no coder of this pass.');
  if (whose !== mine) {
    if (!can(grant.role, 'pass.update'))
      throw new AppError('forbidden', 'You may say how far you are yourself, not others.');
    mustLead(grant, pass);
  }
  const found = pass.assignments.find((one) => one.coderId === whose && one.sourceId === sourceId);
  if (found === undefined) throw new AppError('invalid', 'This source is not assigned to this coder.');
  return found;
}

/** Moves a coder to another state with a source and tells of it; the project's lock is held. */
export async function move(
  tx: Transaction,
  grant: Grant,
  { id }: Pick<Pass, 'id'>,
  { coderId, sourceId, state }: PassAssignment,
): Promise<void> {
  await updateProgress(tx, id, { coderId, sourceId, state });
  const subject = { ...(await findPass(tx, grant, id)), coderId, sourceId, state };
  await publish(tx, grant, { type: 'pass.progressed', subject });
}

async function showExpert(tx: Transaction, grant: Grant, pass: Pass, sourceId: string, userId: string) {
  const coderIds = pass.coders.filter(({ isExpert }) => isExpert).map((coder) => coder.id);
  const ids = await lockHidden(tx, pass.id, { sourceId, coderIds });
  await showMarksTo(tx, ids, userId);
  await tellOfShown(tx, grant, pass.id, ids, userId);
}
