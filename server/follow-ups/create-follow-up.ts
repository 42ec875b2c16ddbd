import { database, type Transaction } from '../../db/client';
import { lockProject } from '../../db/events';
import { insertFollowUp, selectFollowUp, selectRaiser } from '../../db/follow-ups';
import { selectThreads } from '../../db/threads';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import type { FollowUp, NewFollowUp, RaisedBy } from '../../lib/follow-ups/follow-up';
import { placeOf } from '../../lib/follow-ups/place';
import { raisedByComment } from '../../lib/follow-ups/raised-by';
import { newId } from '../../lib/new-id';
import { mustBeMember } from '../access/must-be-member';
import { notFound } from '../edit';
import { publish } from '../events/publish';
import { findFollowUp } from './read-follow-ups';
import { tellOfChange } from './tell';

/** What raises a follow-up, with its words as they are now. @throws AppError not-found. */
async function raisedBy(
  tx: Transaction,
  grant: Grant,
  given: NewFollowUp['raisedBy'],
): Promise<RaisedBy | null> {
  if (given === null || given === undefined) return null;
  const { type, id, quote } = given;
  if (type === 'comment') return raisedByStanding(tx, grant, id);
  const raiser = await selectRaiser(tx, grant, type, id);
  if (raiser === null) throw notFound(type);
  return { type, id, ...raiser, ...(type === 'note' && quote ? { quote } : {}) };
}

/** A comment that is there to be followed up, by its thread. @throws AppError not-found. */
async function raisedByStanding(tx: Transaction, grant: Grant, id: string): Promise<RaisedBy> {
  const [thread] = await selectThreads(tx, grant, { comment: id }, { limit: 1 });
  const comment = thread?.comments.find((one) => one.id === id);
  if (thread === undefined || comment === undefined || comment.deleted !== null) throw notFound('comment');
  return raisedByComment(comment, thread);
}

/**
 * Asks a question or sets a task. The same id twice answers the existing follow-up.
 * @throws AppError not-found when what raised it is not there, invalid for an owner who is no member.
 */
export async function createFollowUp(grant: Grant, input: NewFollowUp): Promise<FollowUp> {
  const id = input.id ?? newId();
  return database().transaction(async (tx) => {
    // Before any row, as for claims.
    await lockProject(tx, grant);
    const standing = await selectFollowUp(tx, grant, id);
    if (standing !== null) return standing;
    const ownerId = input.owner ?? null;
    await mustBeMember(tx, grant, ownerId, 'own a follow-up');
    const { kind, wording, details, due = null, state, place = placeOf(id) } = input;
    const raiser = await raisedBy(tx, grant, input.raisedBy);
    const fields = { id, kind, wording, details, due, state, place, ownerId, raisedBy: raiser };
    if (!(await insertFollowUp(tx, grant, fields)))
      throw new AppError('conflict', 'This id is taken. Choose another.');
    const followUp = await findFollowUp(tx, grant, id);
    await publish(tx, grant, { type: 'follow-up.created', subject: followUp });
    await tellOfChange(tx, grant, null, followUp);
    return followUp;
  });
}
