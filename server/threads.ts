import { selectAnnotation } from '../db/annotations';
import { type Db, database } from '../db/client';
import { insertComment, insertThread, selectThreads, updateThreadRow } from '../db/threads';
import type { Grant } from '../lib/access/grant';
import { AppError } from '../lib/errors';
import { newId } from '../lib/new-id';
import type { Comment, Thread } from '../lib/threads/thread';
import { notFound, toPage } from './edit';
import { publish } from './events/publish';

async function find(db: Db, grant: Grant, id: string): Promise<Thread> {
  const [thread] = await selectThreads(db, grant, { id }, { limit: 1 });
  if (thread === undefined) throw notFound('thread');
  return thread;
}

/** Starts a thread on an annotation with its first comment. The same id twice answers the existing thread. */
export async function createThread(
  grant: Grant,
  input: { id?: string; annotationId: string; commentId?: string; text: string },
): Promise<Thread> {
  const id = input.id ?? newId();
  return database().transaction(async (tx) => {
    const annotation = await selectAnnotation(tx, grant, input.annotationId);
    if (annotation === null || annotation.deleted !== null) throw notFound('annotation');
    if (!(await insertThread(tx, grant, { id, annotationId: annotation.id }))) return find(tx, grant, id);
    await insertComment(tx, grant, { id: input.commentId ?? newId(), threadId: id, text: input.text });
    const thread = await find(tx, grant, id);
    await publish(tx, grant, { type: 'thread.created', subject: thread });
    return thread;
  });
}

/** The threads of a project; of one source or one annotation when named. */
export async function listThreads(
  grant: Grant,
  query: { source?: string; annotation?: string; limit: number; cursor?: string },
) {
  const { limit, cursor, ...filter } = query;
  return toPage(await selectThreads(database(), grant, filter, { limit: limit + 1, cursor }), limit);
}

/** Replies in a thread; a resolved one is open again. The same id twice answers the existing comment. */
export async function createComment(
  grant: Grant,
  threadId: string,
  input: { id?: string; text: string },
): Promise<Comment> {
  const id = input.id ?? newId();
  return database().transaction(async (tx) => {
    const before = await find(tx, grant, threadId);
    const made = await insertComment(tx, grant, { id, threadId, text: input.text });
    if (made && before.resolved !== null) await updateThreadRow(tx, grant, threadId, false);
    const thread = await find(tx, grant, threadId);
    const comment = thread.comments.find((one) => one.id === id);
    if (comment === undefined) throw new AppError('conflict', 'This id is taken. Choose another.');
    if (made) await publish(tx, grant, { type: 'comment.created', subject: thread });
    return comment;
  });
}

/** Resolves or reopens a thread. */
export async function updateThread(grant: Grant, id: string, change: { resolved: boolean }): Promise<Thread> {
  return database().transaction(async (tx) => {
    const before = await find(tx, grant, id);
    if ((before.resolved !== null) === change.resolved) return before;
    await updateThreadRow(tx, grant, id, change.resolved);
    const thread = await find(tx, grant, id);
    await publish(tx, grant, { type: 'thread.updated', subject: thread });
    return thread;
  });
}
