import type { Transaction } from '../../db/client';
import { selectMembers } from '../../db/members';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import { idsIn } from '../../lib/threads/mentions';

/**
 * Whom a comment mentions. `before`: whom it mentioned already, who may have left since.
 * @throws AppError invalid for anybody else who is no member: their name is nobody's business here.
 */
export async function mentionsOf(
  tx: Transaction,
  grant: Grant,
  text: string,
  before: readonly string[] = [],
): Promise<string[]> {
  const ids = idsIn(text);
  const asked = ids.filter((id) => !before.includes(id));
  if (asked.length === 0) return ids;
  const members = new Set((await selectMembers(tx, grant)).map(({ userId }) => userId));
  if (asked.every((id) => members.has(id))) return ids;
  throw new AppError('invalid', 'Only members of the project can be mentioned. Add them first.');
}
