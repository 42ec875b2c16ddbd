import { database, type Transaction } from '../../db/client';
import { lockProject } from '../../db/events';
import { insertComment, setReaction, updateCommentRow, updateThreadRow } from '../../db/threads';
import { can } from '../../lib/access/can';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import { newId } from '../../lib/new-id';
import type { Comment, ReactionSign, Thread } from '../../lib/threads/thread';
import { publish } from '../events/publish';
import { tellOfComment } from '../notices/talk';
import { commentIn, findThread } from './find-thread';
import { mentionsOf } from './people';

type Told =
  | 'comment.created'
  | 'comment.updated'
  | 'comment.deleted'
  | 'comment.restored'
  | 'comment.reacted';

/** Tells of a comment as it stands after a change, and answers it with its thread. */
async function tell(
  tx: Transaction,
  grant: Grant,
  type: Told,
  threadId: string,
  commentId: string,
): Promise<{ thread: Thread; comment: Comment }> {
  const thread = await findThread(tx, grant, threadId);
  await publish(tx, grant, { type, subject: { ...thread, commentId } });
  return { thread, comment: commentIn(thread, commentId) };
}

/**
 * Replies in a thread; a resolved one is open again. The same id twice answers the existing comment.
 * @throws AppError invalid when it mentions somebody who is no member.
 */
export async function createComment(
  grant: Grant,
  threadId: string,
  input: { id?: string; text: string },
): Promise<Comment> {
  const id = input.id ?? newId();
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const before = await findThread(tx, grant, threadId);
    const mentions = await mentionsOf(tx, grant, input.text);
    if (!(await insertComment(tx, grant, { id, threadId, text: input.text, mentions }))) {
      const standing = before.comments.find((one) => one.id === id);
      if (standing === undefined) throw new AppError('conflict', 'This id is taken. Choose another.');
      return standing;
    }
    if (before.resolved !== null) await updateThreadRow(tx, grant, threadId, { resolved: false });
    const { thread, comment } = await tell(tx, grant, 'comment.created', threadId, id);
    await tellOfComment(tx, grant, thread, id);
    return comment;
  });
}

/**
 * Changes the words of one's own comment; it says from then on that it was edited.
 * @throws AppError forbidden for another's, conflict for a deleted one.
 */
export async function updateComment(
  grant: Grant,
  threadId: string,
  id: string,
  { text }: { text: string },
): Promise<Comment> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const before = commentIn(await findThread(tx, grant, threadId), id);
    if (before.creator.id !== grant.actor.userId)
      throw new AppError('forbidden', `Only ${before.creator.name} may change what they wrote.`);
    if (before.deleted !== null)
      throw new AppError('conflict', 'This comment was deleted. Bring it back first.');
    if (before.text === text) return before;
    const known = before.mentions.map((one) => one.id);
    const mentions = await mentionsOf(tx, grant, text, known);
    await updateCommentRow(tx, grant, id, { text, mentions });
    const { thread, comment } = await tell(tx, grant, 'comment.updated', threadId, id);
    await tellOfComment(tx, grant, thread, id, { mentionedBefore: known });
    return comment;
  });
}

async function setDeleted(grant: Grant, threadId: string, id: string, deleted: boolean): Promise<Comment> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const before = commentIn(await findThread(tx, grant, threadId), id);
    if (before.creator.id !== grant.actor.userId && !can(grant.role, 'comment.delete-any'))
      throw new AppError('forbidden', `Only ${before.creator.name} or an editor may do this.`);
    if ((before.deleted !== null) === deleted) return before;
    await updateCommentRow(tx, grant, id, { deleted });
    const type = deleted ? 'comment.deleted' : 'comment.restored';
    return (await tell(tx, grant, type, threadId, id)).comment;
  });
}

/** Deletes a comment so that it can be brought back: one's own, or any for an editor. Deleting twice is no error. */
export async function deleteComment(grant: Grant, threadId: string, id: string): Promise<Comment> {
  return setDeleted(grant, threadId, id, true);
}

/** Brings a deleted comment back, with its words and what was said to it. */
export async function restoreComment(grant: Grant, threadId: string, id: string): Promise<Comment> {
  return setDeleted(grant, threadId, id, false);
}

/** Puts a sign under a comment, or takes it away; each person has each sign once. @throws AppError conflict for a deleted comment. */
export async function reactToComment(
  grant: Grant,
  threadId: string,
  id: string,
  reaction: { sign: ReactionSign; on: boolean },
): Promise<Comment> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const before = commentIn(await findThread(tx, grant, threadId), id);
    if (before.deleted !== null)
      throw new AppError('conflict', 'This comment was deleted. Bring it back first.');
    if (!(await setReaction(tx, grant, id, reaction))) return before;
    return (await tell(tx, grant, 'comment.reacted', threadId, id)).comment;
  });
}
