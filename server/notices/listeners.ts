import type { Transaction } from '../../db/client';
import { selectMembers } from '../../db/members';
import { canSee } from '../../lib/access/can-see';
import type { Grant } from '../../lib/access/grant';

/** Those of these people who are members and may see what `creatorId` made (`null`: what nobody's making hides). */
export async function listenersAmong(
  tx: Transaction,
  { projectId }: Pick<Grant, 'projectId'>,
  creatorId: string | null,
  ids: Iterable<string>,
): Promise<string[]> {
  const wanted = new Set(ids);
  if (wanted.size === 0) return [];
  const row = { projectId, creatorId: creatorId ?? '' };
  return (await selectMembers(tx, { projectId }))
    .filter(
      ({ userId, role }) => wanted.has(userId) && canSee({ projectId, role } as { projectId: string }, row),
    )
    .map(({ userId }) => userId);
}
