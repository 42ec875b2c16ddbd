import { database } from '../../db/client';
import { listActivity } from '../../db/events';
import { selectLastVisit } from '../../db/visits';
import { eventFor } from '../../lib/access/event-for';
import type { Grant } from '../../lib/access/grant';
import { type ActivityKind, beginningsOf, countSince, type Since } from '../../lib/events/activity';
import type { Event } from '../../lib/events/event';
import { readEvents } from './list';

/** Events that are counted since somebody was last here; beyond, it is only said that there is more. */
const COUNTED = 1_000;

/** What happened in a project, newest first: all of it, or what one person did, or one kind of thing. */
export async function readActivity(
  grant: Grant,
  query: { person?: string; kind?: ActivityKind; before?: number; limit: number },
): Promise<{ items: Event[]; nextCursor: string | null }> {
  const { person, kind, before, limit } = query;
  const beginnings = kind === undefined ? null : beginningsOf(kind);
  const rows = await listActivity(database(), grant, { person, beginnings, before }, limit + 1);
  const page = rows.slice(0, limit);
  return {
    items: page.flatMap((row) => eventFor(grant, row) ?? []),
    nextCursor: rows.length > limit ? String(page.at(-1)?.event.id) : null,
  };
}

/** What others made since the Grant's holder was last here, of what they may see. */
export async function readSince(grant: Grant): Promise<Since> {
  const last = await selectLastVisit(database(), grant);
  if (last === null) return { at: null, counts: [], people: [], more: false };
  const { events, more } = await readEvents(grant, last.event, COUNTED);
  return { at: last.at.toISOString(), ...countSince(events, grant.actor.userId), more };
}
