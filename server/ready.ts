import { database } from '../db/client';
import { countUsers } from '../db/people';
import { AppError } from '../lib/errors';

const DRAINING = Symbol.for('gloss.draining');
type Holder = { [DRAINING]?: boolean };

/** From now on this process says that it is not ready: it goes on serving who is there, and nobody new is to be sent to it. */
export function beginDraining(): void {
  (globalThis as Holder)[DRAINING] = true;
}

/**
 * Asks the database for something only a migrated one can answer. @throws AppError unavailable, also while the process is
 * about to stop.
 */
export async function checkReady(): Promise<void> {
  if ((globalThis as Holder)[DRAINING]) throw new AppError('unavailable', 'This process is about to stop.');
  try {
    await countUsers(database());
  } catch (cause) {
    throw new AppError('unavailable', 'The database cannot be reached, or is not migrated.', { cause });
  }
}
