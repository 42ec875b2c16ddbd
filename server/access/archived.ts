import type { Db } from '../../db/client';
import { selectMembers } from '../../db/members';
import { AppError } from '../../lib/errors';

/** Owners that the refusal names. */
const NAMED = 3;

/** The refusal of whatever would change an archived project. It says who can bring it back; `details.reason` is `archived`. */
export async function archivedProject(db: Db, projectId: string): Promise<AppError> {
  const owners = (await selectMembers(db, { projectId })).filter(({ role }) => role === 'owner');
  const named = owners.slice(0, NAMED).map(({ name }) => name);
  if (owners.length > NAMED) named.push('other owners');
  const who = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(named);
  return new AppError(
    'forbidden',
    `This project is archived: it can be read, not changed. ${who} can bring it back, in its settings.`,
    { details: { reason: 'archived' } },
  );
}

/** The same for a guest, who is told no names. */
export function archivedForGuests(): AppError {
  return new AppError('forbidden', 'This project is closed: it can be read, and nothing more can be said.', {
    details: { reason: 'archived' },
  });
}
