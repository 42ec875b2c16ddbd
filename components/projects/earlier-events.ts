import type { Event } from '@/lib/events/event';

type Page = { items: Event[]; nextCursor: string | null };
export type ReadEvents = (after: number, limit: number) => Promise<Page>;

const FIRST_WINDOW = 200;
const PAGE = 500;

/**
 * The newest `wanted` or more events with an id of at most `upTo`, newest first, and how far back was read.
 * The feed only reads forward and ids are shared by all projects, so the window back grows until it holds enough.
 */
export async function earlierEvents(
  read: ReadEvents,
  upTo: number,
  wanted: number,
): Promise<{ events: Event[]; from: number }> {
  const events: Event[] = [];
  let end = upTo;
  for (let window = FIRST_WINDOW; end > 0 && events.length < wanted; window *= 4) {
    const start = Math.max(0, end - window);
    events.unshift(...(await readBetween(read, start, end)));
    end = start;
  }
  return { events: events.reverse(), from: end };
}

async function readBetween(read: ReadEvents, after: number, upTo: number): Promise<Event[]> {
  const found: Event[] = [];
  for (let cursor = after; cursor < upTo; ) {
    const { items, nextCursor } = await read(cursor, Math.min(PAGE, upTo - cursor));
    found.push(...items.filter((event) => event.id <= upTo));
    const last = items.at(-1);
    if (!last || nextCursor === null) break;
    cursor = last.id;
  }
  return found;
}
