import { database, type Transaction } from '../db/client';
import { lockProject } from '../db/events';
import {
  insertComment,
  insertThread,
  selectThreads,
  type ThreadFilter,
  updateThreadRow,
} from '../db/threads';
import type { Grant } from '../lib/access/grant';
import { AppError } from '../lib/errors';
import { newId } from '../lib/new-id';
import type { NewThread, THREAD_DEEDS, Thread, ThreadChange } from '../lib/threads/thread';
import { mustBeMember } from './access/must-be-member';
import { notFound, toPage } from './edit';
import { publish } from './events/publish';
import { tellOfAssignment, tellOfComment, tellOfResolution } from './notices/talk';
import { findThread } from './threads/find-thread';
import { mentionsOf } from './threads/people';
import { standingTarget } from './threads/target';

/**
 * Starts a thread on an annotation, a claim, a code, a note, a passage of one, or a source, with its first comment. The same
 * id twice answers the existing thread.
 * @throws AppError not-found when what it is about is not there, invalid when it mentions somebody who is no member.
 */
export async function createThread(
  grant: Grant,
  input: Omit<NewThread, 'text'> & { text: string },
): Promise<Thread> {
  const id = input.id ?? newId();
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const target = await standingTarget(tx, grant, input);
    const mentions = await mentionsOf(tx, grant, input.text);
    if (!(await insertThread(tx, grant, { id, ...target }))) return findThread(tx, grant, id);
    const commentId = input.commentId ?? newId();
    if (!(await insertComment(tx, grant, { id: commentId, threadId: id, text: input.text, mentions })))
      throw new AppError('conflict', 'This id is taken. Choose another.');
    const thread = await findThread(tx, grant, id);
    await publish(tx, grant, { type: 'thread.created', subject: thread });
    await tellOfComment(tx, grant, thread, commentId);
    return thread;
  });
}

/** The threads of a project; of one thing they are about, or beside one source, when named. */
export async function listThreads(grant: Grant, query: ThreadFilter & { limit: number; cursor?: string }) {
  const { limit, cursor, ...filter } = query;
  return toPage(await selectThreads(database(), grant, filter, { limit: limit + 1, cursor }), limit);
}

/** One thread. @throws AppError not-found. */
export async function getThread(grant: Grant, id: string): Promise<Thread> {
  return findThread(database(), grant, id);
}

/** The thread that a comment stands in. @throws AppError not-found. */
export async function threadOfComment(grant: Grant, commentId: string): Promise<Thread> {
  const [thread] = await selectThreads(database(), grant, { comment: commentId }, { limit: 1 });
  if (thread === undefined) throw notFound('comment');
  return thread;
}

/** Resolves, reopens or assigns a thread. @throws AppError invalid when it is given to somebody who is no member. */
export async function updateThread(grant: Grant, id: string, change: ThreadChange): Promise<Thread> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    let thread = await findThread(tx, grant, id);
    const { assignee, resolved } = change;
    if (assignee !== undefined && assignee !== (thread.assignee?.id ?? null)) {
      await mustBeMember(tx, grant, assignee, 'be given a thread');
      thread = await apply(
        tx,
        grant,
        id,
        { assigneeId: assignee },
        assignee === null ? 'unassigned' : 'assigned',
      );
      await tellOfAssignment(tx, grant, thread);
    }
    if (resolved !== undefined && resolved !== (thread.resolved !== null)) {
      thread = await apply(tx, grant, id, { resolved }, resolved ? 'resolved' : 'reopened');
      if (resolved) await tellOfResolution(tx, grant, thread);
    }
    return thread;
  });
}

async function apply(
  tx: Transaction,
  grant: Grant,
  id: string,
  change: Parameters<typeof updateThreadRow>[3],
  did: (typeof THREAD_DEEDS)[number],
): Promise<Thread> {
  await updateThreadRow(tx, grant, id, change);
  const thread = await findThread(tx, grant, id);
  await publish(tx, grant, { type: 'thread.updated', subject: { ...thread, did } });
  return thread;
}
