import { selectClaim } from '../../db/claims';
import type { Transaction } from '../../db/client';
import { selectToldOf } from '../../db/notices';
import type { Grant } from '../../lib/access/grant';
import type { NoticeKind } from '../../lib/notices/notice';
import { peopleIn } from '../../lib/threads/about';
import type { Thread } from '../../lib/threads/thread';
import { listenersAmong } from './listeners';
import { tellPeople } from './tell';

/** Whoever made what a thread is about is in it, as is the owner of a claim. */
async function ownersOf(tx: Transaction, grant: Grant, thread: Thread): Promise<string[]> {
  const owner = thread.claimId === null ? null : (await selectClaim(tx, grant, thread.claimId))?.owner;
  return [thread.targetCreatorId, owner?.id].flatMap((id) => id ?? []);
}

async function tellOf(
  tx: Transaction,
  grant: Grant,
  thread: Thread,
  kind: NoticeKind,
  ids: Iterable<string>,
  commentId: string | null = null,
): Promise<void> {
  const others = new Set(ids);
  // Whoever did it knows.
  others.delete(grant.actor.userId);
  const made = (await listenersAmong(tx, grant, thread.annotationId, others)).map((userId) => ({
    userId,
    kind,
    threadId: thread.id,
    commentId,
    byId: grant.actor.userId,
  }));
  await tellPeople(tx, grant, made);
}

/**
 * Tells whom a comment mentions, and for a new one whoever else is in its thread: each once. `mentionedBefore`: it was
 * changed, and only who is newly mentioned and was not told of it yet hears of it.
 */
export async function tellOfComment(
  tx: Transaction,
  grant: Grant,
  thread: Thread,
  commentId: string,
  changed: { mentionedBefore: readonly string[] } | null = null,
): Promise<void> {
  const mentioned = thread.comments.find(({ id }) => id === commentId)?.mentions.map(({ id }) => id) ?? [];
  const told = changed === null ? new Set<string>() : await selectToldOf(tx, grant, commentId);
  const named = mentioned.filter((id) => !changed?.mentionedBefore.includes(id) && !told.has(id));
  await tellOf(tx, grant, thread, 'mention', named, commentId);
  if (changed !== null) return;
  const others = new Set([...peopleIn(thread), ...(await ownersOf(tx, grant, thread))]);
  for (const id of mentioned) others.delete(id);
  await tellOf(tx, grant, thread, 'reply', others, commentId);
}

/** Tells the person a thread was given to. */
export async function tellOfAssignment(tx: Transaction, grant: Grant, thread: Thread): Promise<void> {
  if (thread.assignee !== null) await tellOf(tx, grant, thread, 'assigned', [thread.assignee.id]);
}

/** Tells everybody in a thread that it was resolved. */
export async function tellOfResolution(tx: Transaction, grant: Grant, thread: Thread): Promise<void> {
  const people = [...peopleIn(thread), ...(await ownersOf(tx, grant, thread))];
  await tellOf(tx, grant, thread, 'thread-resolved', people);
}
