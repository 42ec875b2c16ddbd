import type { Db } from '../../db/client';
import { selectThreads } from '../../db/threads';
import type { Grant } from '../../lib/access/grant';
import type { Comment, Thread } from '../../lib/threads/thread';
import { notFound } from '../edit';

/** One visible thread, with what was said in it. @throws AppError not-found. */
export async function findThread(db: Db, grant: Grant, id: string): Promise<Thread> {
  const [thread] = await selectThreads(db, grant, { id }, { limit: 1 });
  if (thread === undefined) throw notFound('thread');
  return thread;
}

/** One comment of a thread, deleted or not. @throws AppError not-found. */
export function commentIn(thread: Thread, id: string): Comment {
  const comment = thread.comments.find((one) => one.id === id);
  if (comment === undefined) throw notFound('comment');
  return comment;
}
