import type { Transaction } from '../../db/client';
import { selectMember } from '../../db/members';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';

/** Refuses a person who is not in the project, with what only a member can do; `null` is nobody. @throws AppError invalid. */
export async function mustBeMember(
  tx: Transaction,
  grant: Grant,
  userId: string | null,
  deed: 'own a claim' | 'own a follow-up' | 'be given a thread',
): Promise<void> {
  if (userId === null || (await selectMember(tx, grant, userId)) !== null) return;
  throw new AppError('invalid', `Only a member of the project can ${deed}. Add them first.`);
}
