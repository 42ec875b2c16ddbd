import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { selectHidden } from '../../db/access/hidden';
import { database } from '../../db/client';
import { lastEventId, listEvents } from '../../db/events';
import { keepVisit } from '../../db/visits';
import type { Actor } from '../../lib/access/actor';
import type { Grant } from '../../lib/access/grant';
import type { Hidden } from '../../lib/access/hidden';
import { CLOSE } from '../../lib/live/close-codes';
import { type LiveMessage, LiveRequest } from '../../lib/live/protocol';
import { Budget } from '../budget';
import type { Bus } from '../events/listen';
import { log } from '../log';
import { replay, send, sendPresence, tell, tellPresence, type Viewer } from './live-room';
import { createPresenceBoard } from './presence-board';

const PAGE = 500;
/** What a person does in a page comes to a few messages a second; each is told to everybody. */
const MESSAGES_PER_SECOND = 10;
const BURST = 50;
/** A viewer that was silent for so long is asked for a sign, in ms; a browser gives it by itself, also in a hidden tab. */
const ASK = 2_000;
/** After two questions without an answer, in ms, others are told that this person is gone. The socket may still come back. */
const SILENT = 2 * ASK - 100;
/** Where somebody is takes some hundred bytes to say. */
const MESSAGE_BYTES = 4 * 1024;
const BYTES_PER_SECOND = 8 * 1024;
const BURST_BYTES = 32 * 1024;

type Room = {
  readonly projectId: string;
  readonly viewers: Set<Viewer>;
  /** The newest event id the viewers were told of; what a viewer says it knows must not move it. */
  newest: number;
  /** What an embargo withholds, and from whom not; as of the last event that told of one. */
  withheld: Hidden['withheld'];
  /** Resolves once `newest` was read from the log. */
  readonly started: Promise<void>;
  pumping: Promise<void> | null;
  again: boolean;
};

export type LiveHub = {
  /** Lets an open socket of a member, upgraded from this stream, follow a project from an event id on. */
  join(socket: WebSocket, stream: Duplex, grant: Grant, after: number): void;
  /** Closes every socket with 4500, and waits until it is kept how far each had seen the log. */
  close(): Promise<void>;
  stats(): { rooms: number; viewers: number };
};

/** Pushes each event of a project to each viewer whose Grant may see it, on every process, from the one log. */
export function createLiveHub(bus: Bus): LiveHub {
  const rooms = new Map<string, Room>();
  /** Visits that are being written down. */
  const leaving = new Set<Promise<void>>();
  const board = createPresenceBoard(bus, (projectId, change) => {
    const room = rooms.get(projectId);
    if (room !== undefined) tellPresence(room.viewers, change, room.withheld);
  });

  /** A notice is of one person, whichever project their page shows; so are the deliveries of a webhook. */
  function tellPerson(message: LiveMessage, concerns: (actor: Actor) => boolean): void {
    for (const { viewers } of rooms.values()) {
      for (const viewer of viewers) if (concerns(viewer.grant.actor)) send(viewer, message);
    }
  }

  function openRoom(projectId: string): Room {
    const room: Room = {
      projectId,
      viewers: new Set(),
      newest: 0,
      withheld: new Map(),
      started: lastEventId(database(), { projectId }).then(async (id) => {
        room.newest = id;
        room.withheld = (await selectHidden(database(), room, [])).withheld;
      }),
      pumping: null,
      again: false,
    };
    return room;
  }

  /** Brings a viewer up to date; a cursor beyond the log counts as its end. */
  async function bringIn(room: Room, viewer: Viewer): Promise<void> {
    await room.started;
    if (viewer.cursor > room.newest)
      viewer.cursor = Math.min(viewer.cursor, await lastEventId(database(), room));
    await replay(viewer, () => room.newest);
  }

  async function readOn(room: Room): Promise<void> {
    await room.started;
    do {
      room.again = false;
      for (;;) {
        const events = await listEvents(database(), room, room.newest, PAGE);
        const last = events.at(-1);
        if (last !== undefined) {
          room.newest = last.event.id;
          room.withheld = last.hidden.withheld;
          for (const viewer of room.viewers) if (viewer.ready) tell(viewer, events);
        }
        if (events.length < PAGE) break;
      }
    } while (room.again);
  }

  /** Reads on; a second call while one runs makes that one look again. */
  function pump(room: Room): void {
    if (room.pumping !== null) {
      room.again = true;
      return;
    }
    room.pumping = readOn(room)
      .catch((error: Error) =>
        log.error({ err: error }, 'events could not be read; the viewers come back for them'),
      )
      .finally(() => {
        room.pumping = null;
      });
  }

  const stop = [
    bus.on('gloss_event', (payload) => {
      const room = rooms.get(payload.slice(0, payload.indexOf(':')));
      if (room) pump(room);
    }),
    bus.on('gloss_notice', (payload) => {
      const told = new Set(payload.split(','));
      tellPerson({ type: 'notices' }, ({ userId }) => told.has(userId));
    }),
    bus.on('gloss_delivery', (payload) => {
      const [maker, webhookId = null] = payload.split(' ');
      tellPerson({ type: 'deliveries', webhookId }, ({ userId }) => userId === maker);
    }),
    bus.onGap(() => {
      for (const room of rooms.values()) pump(room);
      tellPerson({ type: 'notices' }, () => true);
      tellPerson({ type: 'deliveries', webhookId: null }, () => true);
    }),
  ];

  let judgedAt = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    // A process that was held up itself knows nothing about the others' silence.
    const isLate = now - judgedAt > ASK + 1_000;
    judgedAt = now;
    for (const room of rooms.values()) {
      for (const viewer of room.viewers) {
        const silence = now - viewer.heard;
        if (silence > SILENT && !isLate) board.remove(room.projectId, viewer.connectionId);
        if (silence >= ASK - 100) viewer.socket.ping();
      }
    }
  }, ASK);
  timer.unref();

  /** Something came from this viewer: who was thought gone is here again. */
  function hasSign(room: Room, viewer: Viewer): void {
    const wasSilent = performance.now() - viewer.heard > SILENT;
    viewer.heard = performance.now();
    if (wasSilent && viewer.person !== null) board.set(room.projectId, viewer.person);
  }

  function leave(room: Room, viewer: Viewer): void {
    if (!room.viewers.delete(viewer)) return;
    board.remove(room.projectId, viewer.connectionId);
    if (room.viewers.size === 0) rooms.delete(room.projectId);
    if (!viewer.ready) return;
    const kept = keepVisit(database(), viewer.grant, viewer.cursor)
      .catch((error: Error) => log.warn({ err: error }, 'how far somebody had seen a project was not kept'))
      .finally(() => leaving.delete(kept));
    leaving.add(kept);
  }

  function hear(room: Room, viewer: Viewer, data: string): void {
    const request = LiveRequest.safeParse(parseJson(data));
    if (!request.success) {
      viewer.socket.close(CLOSE.malformed, 'malformed message');
    } else if (request.data.type === 'ping') {
      send(viewer, { type: 'pong' });
    } else {
      const { userId, name } = viewer.grant.actor;
      viewer.person = { ...request.data.at, connectionId: viewer.connectionId, userId, name };
      board.set(room.projectId, viewer.person);
    }
  }

  return {
    join(socket, stream, grant, after) {
      const { projectId } = grant;
      const room = rooms.get(projectId) ?? openRoom(projectId);
      rooms.set(projectId, room);
      const viewer: Viewer = {
        socket,
        stream,
        grant,
        connectionId: randomUUID(),
        cursor: after,
        ready: false,
        heard: performance.now(),
        person: null,
      };
      room.viewers.add(viewer);
      socket.on('close', () => leave(room, viewer));
      socket.on('error', (error) => log.debug({ err: error.message }, 'a live socket failed'));
      const messages = new Budget(MESSAGES_PER_SECOND, BURST);
      const bytes = new Budget(BYTES_PER_SECOND, BURST_BYTES);
      socket.on('pong', () => hasSign(room, viewer));
      socket.on('message', (data: Buffer, isBinary) => {
        hasSign(room, viewer);
        if (!messages.take()) socket.close(CLOSE.tooMany, 'too many messages');
        else if (data.length > MESSAGE_BYTES) socket.close(CLOSE.tooLarge, 'too large');
        else if (!bytes.take(data.length)) socket.close(CLOSE.tooMany, 'too many bytes');
        else if (isBinary) socket.close(CLOSE.malformed, 'text only');
        else hear(room, viewer, String(data));
      });
      bringIn(room, viewer)
        .then(() => sendPresence(viewer, board.list(projectId), room.withheld))
        .catch((error: Error) => {
          log.error({ err: error }, 'a viewer could not be brought up to date');
          socket.close(CLOSE.accessChanged, 'try again');
        });
    },
    async close() {
      clearInterval(timer);
      for (const end of stop) end();
      for (const room of rooms.values()) {
        for (const viewer of room.viewers) {
          viewer.socket.close(CLOSE.shuttingDown, 'shutting down');
          leave(room, viewer);
        }
      }
      board.close();
      await Promise.all(leaving);
    },
    stats: () => ({
      rooms: rooms.size,
      viewers: [...rooms.values()].reduce((sum, room) => sum + room.viewers.size, 0),
    }),
  };
}

function parseJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    // Told by the schema: undefined is no request.
    return undefined;
  }
}
