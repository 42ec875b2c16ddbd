import { database } from '../db/client';
import { countUsers } from '../db/people';
import { AppError } from '../lib/errors';

/** Asks the database for something only a migrated one can answer. @throws AppError unavailable. */
export async function checkReady(): Promise<void> {
  try {
    await countUsers(database());
  } catch (cause) {
    throw new AppError('unavailable', 'The database cannot be reached, or is not migrated.', { cause });
  }
}
