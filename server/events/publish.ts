import type { Transaction } from '../../db/client';
import { type EventAuthor, insertEvent } from '../../db/events';
import type { Happening } from '../../lib/events/event';

/** Appends what happened to the project's log inside the caller's transaction; viewers hear of it once that commits. */
export async function publish(tx: Transaction, author: EventAuthor, happening: Happening): Promise<number> {
  return insertEvent(tx, author, happening);
}
