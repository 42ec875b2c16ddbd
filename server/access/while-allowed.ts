import { findStanding } from '../../db/access';
import { database } from '../../db/client';
import type { Grant } from '../../lib/access/grant';
import { standingRole } from '../../lib/access/roles';
import { AppError } from '../../lib/errors';
import { stillHolds } from '../actor';

/** ms that may go by before a stream looks again whether its reader may still have it. */
export const LOOK_AGAIN_MS = 1_000;

/**
 * Hands a stream on for as long as whoever asked for it keeps the role it was begun with, and what proved who they are holds:
 * access that ends, ends what is under way too.
 * @throws AppError forbidden in the middle of the stream, which is closed then.
 */
export async function* whileAllowed<T>(
  grant: Grant,
  pieces: AsyncIterable<T>,
  everyMs = LOOK_AGAIN_MS,
): AsyncGenerator<T> {
  let looked = performance.now();
  for await (const piece of pieces) {
    if (performance.now() - looked >= everyMs) {
      if (!(await isAllowed(grant)))
        throw new AppError('forbidden', 'Your access to this project ended meanwhile, or changed.');
      looked = performance.now();
    }
    yield piece;
  }
}

async function isAllowed(grant: Grant): Promise<boolean> {
  if (!(await stillHolds(grant.actor))) return false;
  const standing = await findStanding(database(), grant.actor, grant.projectId);
  if (standing?.lacksFactor) return false;
  return standing !== null && standingRole(standing.role, standing.archived) === grant.role;
}
