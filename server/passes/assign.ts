import { database, type Transaction } from '../../db/client';
import { lockProject } from '../../db/events';
import { deleteAssignments, insertAssignments, updatePassRow } from '../../db/passes';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import { deal } from '../../lib/passes/deal';
import type { Pass, PassAssigning } from '../../lib/passes/pass';

import { publish } from '../events/publish';
import { findPass, findToChange, passSeenBy } from './read-passes';

/** Assigns sources of a pass to its coders, or takes them away. @throws AppError invalid for who or what is not in it. */
export async function assignPass(grant: Grant, id: string, { changes }: PassAssigning): Promise<Pass> {
  return change(grant, id, async (tx, pass) => {
    const coders = new Set(pass.coders.map((coder) => coder.id));
    const sources = new Set(pass.sourceIds);
    if (changes.some(({ coderId, sourceId }) => !coders.has(coderId) || !sources.has(sourceId)))
      throw new AppError('invalid', 'One of these coders or sources is not in the pass. Load it again.');
    await deleteAssignments(
      tx,
      id,
      changes.filter(({ assigned }) => !assigned),
    );
    await insertAssignments(
      tx,
      id,
      changes.filter(({ assigned }) => assigned),
    );
  });
}

/** Deals the sources of a pass out, each to so many coders, balanced; what is assigned already stays and counts. */
export async function dealPass(grant: Grant, id: string, perSource: number): Promise<Pass> {
  return change(grant, id, async (tx, pass) => {
    const coders = pass.coders.filter(({ isExpert }) => !isExpert).map((coder) => coder.id);
    if (coders.length === 0) throw new AppError('conflict', 'There is nobody to deal to. Add coders first.');
    await insertAssignments(tx, id, deal(pass.sourceIds, coders, perSource, pass.assignments));
  });
}

async function change(
  grant: Grant,
  id: string,
  make: (tx: Transaction, pass: Pass) => Promise<void>,
): Promise<Pass> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    await make(tx, await findToChange(tx, grant, id));
    await updatePassRow(tx, grant, id, {});
    const pass = await findPass(tx, grant, id);
    await publish(tx, grant, { type: 'pass.assigned', subject: pass });
    return passSeenBy(tx, grant, pass);
  });
}
