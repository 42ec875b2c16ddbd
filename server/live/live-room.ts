import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { changesSightOf, eventFor, type Logged } from '../../lib/access/event-for';
import type { Grant } from '../../lib/access/grant';
import type { Hidden } from '../../lib/access/hidden';
import type { Event } from '../../lib/events/event';
import { CLOSE } from '../../lib/live/close-codes';
import type { PresenceChange } from '../../lib/live/presence';
import type { LiveMessage, Presence } from '../../lib/live/protocol';
import { readEvents } from '../events/list';
import { joinFrames, textFrameOf } from '../frame';

const PAGE = 500;
/** Bytes that may wait for a slow reader before it is let go; it comes back with its cursor and misses nothing. */
const MAX_BUFFERED = 4 * 1024 * 1024;

export type Viewer = {
  readonly socket: WebSocket;
  /** What the socket was upgraded from: ready-made frames are written to it, between whole frames of ws. */
  readonly stream: Duplex;
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
  sendFrames(viewer, [frameFor(message)]);
}

const frameFor = (message: LiveMessage) => textFrameOf(JSON.stringify(message));

/** One write however many frames: it costs more than what is in it. */
function sendFrames({ socket, stream }: Viewer, frames: readonly Buffer[]): void {
  if (frames.length === 0 || socket.readyState !== socket.OPEN) return;
  if (stream.writableLength > MAX_BUFFERED) socket.close(CLOSE.tooSlow, 'too slow');
  else stream.write(joinFrames(frames));
}

/** What is sent of an event, made once for all who see the whole of it. */
const framed = new WeakMap<Event, Buffer>();

function frameOfEvent(event: Event): Buffer {
  const known = framed.get(event);
  if (known !== undefined) return known;
  const frame = frameFor({ type: 'event', event });
  framed.set(event, frame);
  return frame;
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

/** Tells everybody who came, went or is elsewhere: made once for all who are told the same. */
export function tellPresence(
  viewers: Iterable<Viewer>,
  { people, gone }: PresenceChange,
  withheld: Withheld,
): void {
  const frameTo = (userId: string) =>
    frameFor({
      type: 'presence-change',
      people: people.map((one) => toldOf(one, userId, withheld)),
      gone: [...gone],
    });
  const isWithheld = people.some(({ sourceId, noteId }) =>
    [sourceId, noteId].some((id) => id !== null && withheld.has(id)),
  );
  const hidden = new Set(people.flatMap((one) => (one.hidden ? [one.userId] : [])));
  const forOthers = isWithheld ? null : frameTo('');
  for (const viewer of viewers) {
    const { userId } = viewer.grant.actor;
    sendFrames(viewer, [forOthers === null || hidden.has(userId) ? frameTo(userId) : forOthers]);
  }
}

/** Judges events for one viewer and sends those they may see. Each event once, in order. */
export function tell(viewer: Viewer, events: readonly Logged[]): void {
  const frames: Buffer[] = [];
  for (const logged of events) {
    if (logged.event.id <= viewer.cursor) continue;
    viewer.cursor = logged.event.id;
    const seen = eventFor(viewer.grant, logged);
    if (seen !== null) frames.push(frameOfEvent(seen));
    if (changesSightOf(viewer.grant, logged)) frames.push(frameFor({ type: 'anew' }));
  }
  sendFrames(viewer, frames);
}

/** Sends events that were judged already. */
function sendOn(viewer: Viewer, events: readonly Event[]): void {
  const fresh = events.filter(({ id }) => id > viewer.cursor);
  viewer.cursor = fresh.at(-1)?.id ?? viewer.cursor;
  sendFrames(viewer, fresh.map(frameOfEvent));
}

/** Brings a viewer up to date from the log, until nothing is left that `newest` knows of; then they are ready. */
export async function replay(viewer: Viewer, newest: () => number): Promise<void> {
  let mustBegin = false;
  for (;;) {
    const { events, read, more, isAnew } = await readEvents(viewer.grant, viewer.cursor, PAGE);
    sendOn(viewer, events);
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
