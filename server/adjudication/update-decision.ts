import { database, type Transaction } from '../../db/client';
import { insertObjection, selectStanding, settleObjectionRow, updateDecisionRow } from '../../db/decisions';
import { lockProject } from '../../db/events';
import { selectWholePass } from '../../db/passes';
import type { Grant } from '../../lib/access/grant';
import type { Decision, DecisionChange, NewObjection } from '../../lib/adjudication/decision';
import { AppError } from '../../lib/errors';
import type { EventType } from '../../lib/events/event';
import { newId } from '../../lib/new-id';
import { coderOf } from '../../lib/passes/standing';
import { baseRevision, notFound } from '../edit';
import { publish } from '../events/publish';
import { decidedAlready } from './decide';
import { findDecision } from './read-adjudication';
import { tellOfObjection } from './tell';

type Deed = Extract<EventType, `decision.${string}`>;

async function change(
  grant: Grant,
  { passId, id, type }: { passId: string; id: string; type: Deed },
  make: (tx: Transaction, before: Decision) => Promise<boolean>,
): Promise<Decision> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const before = await findDecision(tx, grant, passId, id);
    if (!(await make(tx, before))) return before;
    const decision = await findDecision(tx, grant, passId, id);
    await publish(tx, grant, { type, subject: decision });
    return decision;
  });
}

/** Changes why something was decided. @throws AppError conflict when it moved on or was taken back. */
export async function updateDecision(
  grant: Grant,
  passId: string,
  id: string,
  { why }: DecisionChange,
  ifMatch: number | null,
): Promise<Decision> {
  return change(grant, { passId, id, type: 'decision.updated' }, async (tx, before) => {
    mustStand(before);
    baseRevision(before, ifMatch);
    await updateDecisionRow(tx, grant, id, { why });
    return true;
  });
}

/** Takes a decision back: its disagreement is open again; twice is no error. @throws AppError not-found, forbidden. */
export async function undoDecision(grant: Grant, passId: string, id: string): Promise<Decision> {
  return change(grant, { passId, id, type: 'decision.undone' }, async (tx, before) => {
    if (before.undone === null) await updateDecisionRow(tx, grant, id, { undone: true });
    return before.undone === null;
  });
}

/** Brings a decision back that was taken back. @throws AppError conflict when another one stands by now. */
export async function restoreDecision(grant: Grant, passId: string, id: string): Promise<Decision> {
  return change(grant, { passId, id, type: 'decision.restored' }, async (tx, before) => {
    if (before.undone === null) return false;
    const standing = await selectStanding(tx, grant, passId, before.key);
    if (standing !== null) throw decidedAlready(standing);
    await updateDecisionRow(tx, grant, id, { undone: false });
    return true;
  });
}

/**
 * Objects to a decision about one's own marks; whoever decided is told.
 * @throws AppError forbidden for whoever did not code there, conflict when it was taken back.
 */
export async function objectTo(
  grant: Grant,
  passId: string,
  id: string,
  { id: objectionId = newId(), text }: NewObjection,
): Promise<Decision> {
  return change(grant, { passId, id, type: 'decision.objected' }, async (tx, before) => {
    mustStand(before);
    const pass = await selectWholePass(tx, grant, passId);
    const mine = pass === null ? undefined : coderOf(pass, grant.actor.userId);
    if (!before.codings.some(({ coderId }) => coderId === mine?.id))
      throw new AppError('forbidden', 'Only those who coded this passage in the pass can object.');
    if (!(await insertObjection(tx, grant, { id: objectionId, decisionId: id, text }))) return false;
    await updateDecisionRow(tx, grant, id, {});
    await tellOfObjection(tx, grant, before);
    return true;
  });
}

/** Says that an objection was dealt with; twice is no error. @throws AppError not-found. */
export async function settleObjection(
  grant: Grant,
  passId: string,
  id: string,
  objectionId: string,
): Promise<Decision> {
  return change(grant, { passId, id, type: 'decision.settled' }, async (tx, before) => {
    if (!before.objections.some((one) => one.id === objectionId)) throw notFound('objection');
    if (!(await settleObjectionRow(tx, grant, id, objectionId))) return false;
    await updateDecisionRow(tx, grant, id, {});
    return true;
  });
}

function mustStand({ undone }: Decision): void {
  if (undone !== null) throw new AppError('conflict', 'This decision was taken back. Load the queue again.');
}
