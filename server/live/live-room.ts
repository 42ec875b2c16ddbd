import type { WebSocket } from 'ws';
import { changesSightOf, eventFor, type Logged } from '../../lib/access/event-for';
import type { Grant } from '../../lib/access/grant';
import type { Hidden } from '../../lib/access/hidden';
import type { Event } from '../../lib/events/event';
import { CLOSE } from '../../lib/live/close-codes';
import type { PresenceChange } from '../../lib/live/presence';
import type { LiveMessage, Presence } from '../../lib/live/protocol';
import { readEvents } from '../events/list';

const PAGE = 500;
/** Bytes that may wait for a slow reader before it is let go; it comes back with its cursor and misses nothing. */
const MAX_BUFFERED = 4 * 1024 * 1024;

export type Viewer = {
  readonly socket: WebSocket;
  readonly grant: Grant;
  readonly connectionId: string;
  /** The newest event id this viewer was judged for. */
  cursor: number;
  /** Whether the replay is done; before, events come from the log alone. */
  ready: boolean;
  /** When something came from its socket last, `performance.now()`. */
  heard: number;
  /** Where this person is, as they said last. */
  person: Presence | null;
};

/** Sends a message to a viewer, or lets go of one that does not keep up. */
export function send(viewer: Viewer, message: LiveMessage): void {
  sendText(viewer, () => JSON.stringify(message));
}

function sendText({ socket }: Viewer, text: () => string): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > MAX_BUFFERED) socket.close(CLOSE.tooSlow, 'too slow');
  else socket.send(text());
}

/** What is sent of an event, written once for all who see the whole of it. */
const written = new WeakMap<Event, string>();

function writtenOf(event: Event): string {
  const known = written.get(event);
  if (known !== undefined) return known;
  const message: LiveMessage = { type: 'event', event };
  const text = JSON.stringify(message);
  written.set(event, text);
  return text;
}

type Withheld = Hidden['withheld'];

/**
 * A page as it is told to somebody: where one codes in a blind pass is told to nobody else, nor that somebody is at what an embargo
 * withholds.
 */
function toldOf(one: Presence, userId: string, withheld: Withheld): Presence {
  const isSecret = (id: string | null) => id !== null && withheld.get(id)?.includes(userId) === false;
  if (one.userId === userId || !(one.hidden || isSecret(one.sourceId) || isSecret(one.noteId))) return one;
  return { ...one, sourceId: null, noteId: null, following: null, reading: null };
}

/** Sends all who are here, and where. */
export function sendPresence(viewer: Viewer, people: readonly Presence[], withheld: Withheld): void {
  const { userId } = viewer.grant.actor;
  send(viewer, { type: 'presence', people: people.map((one) => toldOf(one, userId, withheld)) });
}

/** Tells everybody who came, went or is elsewhere: written once for all who are told the same. */
export function tellPresence(
  viewers: Iterable<Viewer>,
  { people, gone }: PresenceChange,
  withheld: Withheld,
): void {
  const textFor = (userId: string) => {
    const told = people.map((one) => toldOf(one, userId, withheld));
    return JSON.stringify({ type: 'presence-change', people: told, gone: [...gone] } satisfies LiveMessage);
  };
  const isWithheld = people.some(({ sourceId, noteId }) =>
    [sourceId, noteId].some((id) => id !== null && withheld.has(id)),
  );
  const hidden = new Set(people.flatMap((one) => (one.hidden ? [one.userId] : [])));
  const forOthers = isWithheld ? null : textFor('');
  for (const viewer of viewers) {
    const { userId } = viewer.grant.actor;
    sendText(viewer, () => (forOthers === null || hidden.has(userId) ? textFor(userId) : forOthers));
  }
}

/** Judges an event for one viewer and sends it when they may see it. Each event once, in order. */
export function tell(viewer: Viewer, logged: Logged): void {
  if (logged.event.id <= viewer.cursor) return;
  viewer.cursor = logged.event.id;
  const seen = eventFor(viewer.grant, logged);
  if (seen !== null) sendText(viewer, () => writtenOf(seen));
  if (changesSightOf(viewer.grant, logged)) send(viewer, { type: 'anew' });
}

/** Sends an event that was judged already. */
function sendOn(viewer: Viewer, event: Event): void {
  if (event.id <= viewer.cursor) return;
  viewer.cursor = event.id;
  sendText(viewer, () => writtenOf(event));
}

/** Brings a viewer up to date from the log, until nothing is left that `newest` knows of; then they are ready. */
export async function replay(viewer: Viewer, newest: () => number): Promise<void> {
  let mustBegin = false;
  for (;;) {
    const { events, read, more, isAnew } = await readEvents(viewer.grant, viewer.cursor, PAGE);
    for (const event of events) sendOn(viewer, event);
    viewer.cursor = Math.max(viewer.cursor, read);
    mustBegin ||= isAnew;
    // An event that was pushed to the others while the last page was read is not in it: read again.
    if (!more && newest() <= viewer.cursor) break;
    if (!more && events.length === 0 && newest() > viewer.cursor)
      await new Promise((resolve) => setImmediate(resolve));
  }
  viewer.ready = true;
  const { connectionId, grant, cursor } = viewer;
  send(viewer, { type: 'ready', after: cursor, connectionId, role: grant.role });
  if (mustBegin) send(viewer, { type: 'anew' });
}
