import type { Made } from '../../db/annotations';
import type { Transaction } from '../../db/client';
import { lockProject } from '../../db/events';
import { insertAssignments } from '../../db/passes';
import { can } from '../../lib/access/can';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import type { Pass, PassAssignment, PassCoder } from '../../lib/passes/pass';
import { coderOf, isHiding } from '../../lib/passes/standing';
import { move } from './progress';
import { findPass } from './read-passes';

const OUTSIDE: Made = { passId: null, coderId: null, seenBy: null };

/**
 * What a new mark keeps of the pass it is made in: whom it counts for, and who alone may see it. Holds the project's lock
 * from here on; whoever had not started is working.
 * @throws AppError not-found for a pass that is not there, invalid for a source or coder that is not in it, conflict when done.
 */
export async function markInPass(
  tx: Transaction,
  grant: Grant,
  { passId, coderId, sourceId }: { passId?: string | null; coderId?: string | null; sourceId: string },
): Promise<Made> {
  if (!passId) {
    if (coderId) throw new AppError('invalid', 'Say in which pass the mark counts for this coder.');
    return OUTSIDE;
  }
  await lockProject(tx, grant);
  const pass = await findPass(tx, grant, passId);
  if (pass.deleted !== null) throw new AppError('conflict', 'This pass was deleted. Restore it first.');
  if (!pass.sourceIds.includes(sourceId)) throw new AppError('invalid', 'This source is not in the pass.');
  const coder = whoCodes(grant, pass, coderId ?? null);
  if (coder.userId === null) await insertAssignments(tx, passId, [{ coderId: coder.id, sourceId }]);
  const now = coder.userId === null ? await findPass(tx, grant, passId) : pass;
  const assignment = now.assignments.find((one) => one.coderId === coder.id && one.sourceId === sourceId);
  if (assignment === undefined)
    throw new AppError('invalid', 'This source is not assigned to you in this pass.');
  if (assignment.state === 'done')
    throw new AppError('conflict', 'You are done with this source in this pass. Take it up again first.');
  if (assignment.state === 'not-started') await move(tx, grant, pass, { ...assignment, state: 'working' });
  const counts = coder.userId === null ? coder.id : null;
  return {
    passId,
    coderId: counts,
    seenBy: isHiding(pass) ? viewersOf(grant, pass, coder, assignment) : null,
  };
}

/** The coder that a mark counts for: whoever makes it, or a named coder for an editor. @throws AppError invalid, forbidden. */
function whoCodes(grant: Grant, pass: Pass, coderId: string | null): PassCoder {
  const mine = coderOf(pass, grant.actor.userId);
  if (coderId === null || coderId === mine?.id) {
    if (mine === undefined) throw new AppError('invalid', 'You are no coder of this pass.');
    return mine;
  }
  if (!can(grant.role, 'annotation.update-any'))
    throw new AppError('forbidden', 'Only an editor may make marks for a named coder.');
  const named = pass.coders.find((one) => one.id === coderId && one.userId === null);
  if (named === undefined)
    throw new AppError(
      'invalid',
      'There is no named coder of this id in the pass. Members make their own marks.',
    );
  return named;
}

/** Whoever makes it, whoever leads, and, of an expert's mark, whoever is done with the source. */
function viewersOf(grant: Grant, pass: Pass, coder: PassCoder, { sourceId }: PassAssignment): string[] {
  const done = pass.assignments.filter((one) => one.sourceId === sourceId && one.state === 'done');
  const learned = coder.isExpert
    ? done.flatMap(({ coderId }) => pass.coders.find(({ id }) => id === coderId)?.userId ?? [])
    : [];
  return [...new Set([grant.actor.userId, pass.lead.id, ...learned])];
}
