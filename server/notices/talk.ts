import { selectClaim } from '../../db/claims';
import type { Transaction } from '../../db/client';
import { selectMembers } from '../../db/members';
import { selectToldOf } from '../../db/notices';
import { canSee } from '../../lib/access/can-see';
import type { Grant } from '../../lib/access/grant';
import type { NoticeKind } from '../../lib/notices/notice';
import { peopleIn } from '../../lib/threads/about';
import type { Thread } from '../../lib/threads/thread';
import { tellPeople } from './tell';

/** Those of these people who are members and may see what a thread is about; whoever did it knows. */
async function listeners(
  tx: Transaction,
  grant: Grant,
  { targetCreatorId }: Pick<Thread, 'targetCreatorId'>,
  ids: Iterable<string>,
): Promise<string[]> {
  const wanted = new Set(ids);
  wanted.delete(grant.actor.userId);
  if (wanted.size === 0) return [];
  const { projectId } = grant;
  const row = { projectId, creatorId: targetCreatorId ?? '' };
  return (await selectMembers(tx, grant))
    .filter(
      ({ userId, role }) => wanted.has(userId) && canSee({ projectId, role } as { projectId: string }, row),
    )
    .map(({ userId }) => userId);
}

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
  const made = (await listeners(tx, grant, thread, ids)).map((userId) => ({
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
