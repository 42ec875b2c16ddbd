import { selectSeenBy } from '../../db/access';
import type { Transaction } from '../../db/client';
import { selectMembers } from '../../db/members';
import { canSee } from '../../lib/access/can-see';
import type { Grant } from '../../lib/access/grant';

/** Those of these people who are members and may see what hangs on this mark (`null`: on none, so that nothing hides it). */
export async function listenersAmong(
  tx: Transaction,
  { projectId }: Pick<Grant, 'projectId'>,
  markId: string | null,
  ids: Iterable<string>,
): Promise<string[]> {
  const wanted = new Set(ids);
  if (wanted.size === 0) return [];
  const row = { projectId, creatorId: '', seenBy: await selectSeenBy(tx, { projectId }, markId) };
  return (await selectMembers(tx, { projectId }))
    .filter(({ userId }) => wanted.has(userId) && canSee({ projectId, actor: { userId } }, row))
    .map(({ userId }) => userId);
}
