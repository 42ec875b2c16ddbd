import type { Transaction } from '../../db/client';
import { type EventAuthor, insertEvent, insertEvents } from '../../db/events';
import type { Happening } from '../../lib/events/event';

/** Appends what happened to the project's log inside the caller's transaction; viewers hear of it once that commits. */
export async function publish(tx: Transaction, author: EventAuthor, happening: Happening): Promise<number> {
  return insertEvent(tx, author, happening);
}

/** Events that one statement appends: their subjects are sent along. */
const AT_ONCE = 100;

/** The same for several, in their order: the whole project waits for less. */
export async function publishAll(
  tx: Transaction,
  author: EventAuthor,
  happenings: readonly Happening[],
): Promise<void> {
  for (let at = 0; at < happenings.length; at += AT_ONCE)
    await insertEvents(tx, author, happenings.slice(at, at + AT_ONCE));
}

/** Who an event is by that people made together; one alone is named by their id too. */
export function together(projectId: string, people: readonly { id: string; name: string }[]): EventAuthor {
  const [first, ...others] = people;
  if (first === undefined) return { projectId, actor: null };
  const name = new Intl.ListFormat('en-GB').format(people.map((one) => one.name));
  return { projectId, actor: { userId: others.length === 0 ? first.id : null, name, ip: null } };
}
