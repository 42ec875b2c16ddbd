import { database } from '../../db/client';
import { listEvents as select } from '../../db/events';
import { changesSightOf, eventFor } from '../../lib/access/event-for';
import type { Grant } from '../../lib/access/grant';
import type { Event } from '../../lib/events/event';

/**
 * The events of a project after a cursor that the Grant's holder may see, in commit order. `read` is how far the log was
 * read, seen or not: the next cursor; `isAnew` says that they see more or less of the project since.
 */
export async function readEvents(
  grant: Grant,
  after: number,
  limit: number,
): Promise<{ events: Event[]; read: number; more: boolean; isAnew: boolean }> {
  const rows = await select(database(), grant, after, limit);
  return {
    events: rows.flatMap((row) => eventFor(grant, row) ?? []),
    read: rows.at(-1)?.event.id ?? after,
    more: rows.length === limit,
    isAnew: rows.some((row) => changesSightOf(grant, row)),
  };
}
