import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Database } from '../../db/client';
import { appendUpdates, MENDED, readNotice } from '../../db/note-log';
import type { Grant } from '../../lib/access/grant';
import { type NoteKey, noteKeyOf } from '../../lib/access/note-key';
import { CLOSE } from '../../lib/live/close-codes';
import { measureBatch } from '../metrics/metrics';
import { CaretRelay, type Neighbours } from './caret-relay';
import { Journal } from './journal';
import { keepReplaying } from './journal-replay';
import type { Log } from './log';
import type { Entrance } from './note-connection';
import { NoteLogWriter } from './note-log-writer';
import { NoteRoom, type RoomServices } from './note-room';
import type { Rest } from './room-rest';
import { awarenessFrame } from './sync-protocol';
import { TIMINGS, type Timings } from './timings';

/**
 * Starts listening to `NOTE_CHANNEL`. The callback gets each payload; null says that the connection was
 * lost and is back, so that payloads may have been missed. Answers how to stop.
 */
export type SubscribeToNotes = (callback: (payload: string | null) => void) => () => void;

export type NoteRoomsOptions = {
  readonly db: Database;
  readonly subscribe: SubscribeToNotes;
  /** The other processes that serve notes of the same database, for carets. */
  readonly neighbours: Neighbours;
  /** A note that was changed here came to rest: its text and chips are to be kept and told. */
  readonly onRest: (key: NoteKey, rest: Rest) => Promise<void>;
  readonly log: Log;
  /** The folder where what is passed on is kept until Postgres has it. Without one, a kill can lose the last few ms of it. */
  readonly journal?: string;
  readonly timings?: Partial<Timings>;
};

export type NoteRooms = {
  /**
   * Lets an open socket into a note; call it in the turn the upgrade is done. The caller has judged who
   * it is, that the note exists in the Grant's project, and whether it may write. `stream` is what the
   * websocket was upgraded from; it must not compress.
   */
  join(socket: WebSocket, stream: Duplex, entrance: Entrance): void;
  /** Closes the sockets the predicate is true for. Answers how many. */
  kick(predicate: (who: { grant: Grant; noteId: string }) => boolean, code: number): number;
  /** Writes everything down, then closes every socket with 4500. */
  close(): Promise<void>;
  stats(): { rooms: number; connections: number };
};

/** The open notes of this process: each is loaded once, kept while somebody is there, and let go later. */
export function createNoteRooms(options: NoteRoomsOptions): NoteRooms {
  const timings = { ...TIMINGS, ...options.timings };
  const { db, log } = options;
  const self = randomBytes(6).toString('hex');
  const writer = new NoteLogWriter(
    (rows) =>
      measureBatch(
        rows.reduce((sum, { entries }) => sum + entries.length, 0),
        () => appendUpdates(db, rows, self),
      ),
    timings.batch,
    log,
  );
  const rooms = new Map<string, NoteRoom>();
  const unloading = new Map<NoteRoom, NodeJS.Timeout>();
  let closing = false;

  const folder = options.journal;
  const journal = folder === undefined ? null : Journal.open(folder, log);
  const stopReplaying = folder === undefined || journal === null ? null : keepReplaying({ folder, db, log });

  const services: RoomServices = {
    db,
    writer,
    journal,
    log,
    timings,
    onRest: options.onRest,
    relayCaret: (noteId, caret) => carets.tell(noteId, caret),
    onEmpty: (room) => scheduleUnload(room),
    onDead: (room) => forget(room),
  };

  function forget(room: NoteRoom): void {
    clearTimeout(unloading.get(room));
    unloading.delete(room);
    if (rooms.get(room.key.noteId) === room) rooms.delete(room.key.noteId);
  }

  /** What a room holds is no longer what its log says: its sockets come back to another one. */
  function beginAnew(room: NoteRoom): void {
    forget(room);
    room.end(CLOSE.accessChanged, 'the note begins anew');
  }

  function scheduleUnload(room: NoteRoom): void {
    if (closing || rooms.get(room.key.noteId) !== room) return;
    clearTimeout(unloading.get(room));
    unloading.set(
      room,
      setTimeout(() => void unload(room), timings.unload),
    );
  }

  /** A room leaves the map in the same turn it is seen to be idle: whoever comes before finds it alive. */
  async function unload(room: NoteRoom): Promise<void> {
    await room.rest({ putAway: true });
    if (closing || room.connections.size > 0 || rooms.get(room.key.noteId) !== room) return;
    if (!room.isIdle) return scheduleUnload(room);
    forget(room);
    room.end(CLOSE.accessChanged, 'the note was let go');
  }

  const stopListening = options.subscribe((payload) => {
    if (payload === null) {
      for (const room of [...rooms.values()]) {
        // Whether it was mended meanwhile is seen by who comes back.
        if (room.isDamaged()) beginAnew(room);
        else room.hearAll();
      }
      return;
    }
    const notice = readNotice(payload);
    if (notice === null || notice.writer === self) return;
    for (const { noteId, seq } of notice.rows) {
      const room = rooms.get(noteId);
      if (notice.writer !== MENDED) room?.hear([seq]);
      else if (room) beginAnew(room);
    }
  });

  const carets = new CaretRelay(
    self,
    options.neighbours,
    {
      *all() {
        for (const [noteId, room] of rooms) {
          for (const caret of room.presence.own()) yield { noteId, caret };
        }
      },
      of: (noteId) => rooms.get(noteId)?.presence.own() ?? [],
      hear: (from, noteId, caret) => rooms.get(noteId)?.presence.hear(from, caret),
      lost: (from) => {
        for (const room of rooms.values()) room.presence.lost(from);
      },
    },
    log,
  );

  const nothing = awarenessFrame([]);
  const sweep = setInterval(() => {
    const since = performance.now() - timings.silence;
    for (const room of rooms.values()) room.breakSilence(since, nothing);
  }, timings.sweep);
  sweep.unref();

  function join(socket: WebSocket, stream: Duplex, entrance: Entrance): void {
    // ws answers a fault with a closing of its own; unheard, the event would end the process.
    socket.on('error', (error) => log.warn({ err: error }, 'a note socket failed'));
    if (closing) {
      socket.close(CLOSE.shuttingDown, 'shutting down');
      return;
    }
    const key = noteKeyOf(entrance.grant, entrance.noteId);
    const open = rooms.get(key.noteId);
    if (open && open.key.projectId !== key.projectId) {
      socket.close(CLOSE.notFound, 'no such note');
      return;
    }
    const room = open ?? new NoteRoom(key, services);
    if (!open) {
      rooms.set(key.noteId, room);
      carets.open(key.noteId);
    }
    clearTimeout(unloading.get(room));
    unloading.delete(room);
    room.enter(socket, stream, entrance);
  }

  function kick(predicate: (who: { grant: Grant; noteId: string }) => boolean, code: number): number {
    let closed = 0;
    for (const room of rooms.values()) {
      for (const connection of [...room.connections]) {
        if (!predicate(connection.entrance)) continue;
        connection.close(code, 'access changed');
        closed++;
      }
    }
    return closed;
  }

  async function close(): Promise<void> {
    if (closing) return;
    closing = true;
    stopListening();
    carets.close();
    clearInterval(sweep);
    for (const timer of unloading.values()) clearTimeout(timer);
    const all = [...rooms.values()];
    for (const room of all) room.stopListening();
    const end = performance.now() + timings.close;
    await before(end, Promise.all(all.map((room) => room.rest())));
    const lost = await writer.close(Math.max(0, end - performance.now()));
    if (lost > 0) log.error({ notes: lost }, 'changes of notes could not be saved before the end');
    const ends = all.flatMap((room) => [...room.connections].map((connection) => connection.ended));
    for (const room of all) room.end(CLOSE.shuttingDown, 'shutting down');
    rooms.clear();
    journal?.close();
    await stopReplaying?.();
    await Promise.all(ends);
    await before(end, putAway(all, end));
  }

  /** Shortens what is left, as far as there is time: the people who come back elsewhere find their notes quick to open. */
  async function putAway(all: readonly NoteRoom[], end: number): Promise<void> {
    for (const room of all) {
      if (performance.now() > end) return;
      await room.rest({ putAway: true });
    }
  }

  const stats = () => {
    let connections = 0;
    for (const room of rooms.values()) connections += room.connections.size;
    return { rooms: rooms.size, connections };
  };

  return { join, kick, close, stats };
}

/** Waits for something that never rejects, until a moment (`performance.now()`) at the latest. */
async function before(moment: number, done: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, Math.max(0, moment - performance.now()));
  await Promise.race([done, late.promise]);
  clearTimeout(timer);
}
