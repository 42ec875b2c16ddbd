import { joinFrames } from '../frame';
import type { NoteConnection } from './note-connection';

/** Frames for all, and what some get in their place: null for nothing. */
type Item = {
  readonly frame: Buffer;
  readonly instead: ReadonlyMap<object, Buffer | null>;
  /** It may be left out for a socket that is behind. */
  readonly mayDrop: boolean;
};

/**
 * What a room sends to all its sockets. All that comes in during one turn of the event loop goes out in one write a
 * socket, and most sockets get the very same bytes: a write costs much more than what is in it.
 */
export class Broadcast {
  readonly #connections: ReadonlySet<NoteConnection>;
  /** Asked at the end of the turn for what else there is to send, and told whether something goes out anyway. */
  readonly #more: (anyway: boolean) => void;
  readonly #noticeMs: number;
  readonly #notices = new Map<NoteConnection, Buffer>();
  #items: Item[] = [];
  #turn: NodeJS.Immediate | null = null;
  #noticeTimer: NodeJS.Timeout | null = null;

  constructor(connections: ReadonlySet<NoteConnection>, noticeMs: number, more: (anyway: boolean) => void) {
    this.#connections = connections;
    this.#noticeMs = noticeMs;
    this.#more = more;
  }

  /** Sends one socket a frame that replaces the one before, with what goes to it next, or after a while by itself. */
  tell(connection: NoteConnection, frame: Buffer): void {
    this.#notices.set(connection, frame);
    this.#noticeTimer ??= setTimeout(() => {
      this.#noticeTimer = null;
      for (const [to, notice] of this.#notices) to.send(notice);
      this.#notices.clear();
    }, this.#noticeMs);
  }

  forget(connection: NoteConnection): void {
    this.#notices.delete(connection);
  }

  /** Sends a frame to all but this one, at the end of the turn. */
  spread(frame: Buffer, sender: NoteConnection | null): void {
    const instead = sender === null ? NOBODY : new Map([[sender, null]]);
    this.add({ frame, instead, mayDrop: false });
  }

  add(item: Item): void {
    this.#items.push(item);
    this.schedule();
  }

  /** Goes through what there is to send at the end of the turn. */
  schedule(): void {
    this.#turn ??= setImmediate(() => this.flush());
  }

  /** Sends now what waits. */
  flush(): void {
    if (this.#turn !== null) clearImmediate(this.#turn);
    this.#more(this.#items.length > 0);
    // Asking for more may have scheduled a turn again.
    if (this.#turn !== null) clearImmediate(this.#turn);
    this.#turn = null;
    const items = this.#items;
    if (items.length === 0) return;
    this.#items = [];
    const apart = new Set<object>(items.flatMap((item) => [...item.instead.keys()]));
    const same = joinFrames(items.map((item) => item.frame));
    for (const connection of this.#connections) {
      const own = apart.has(connection) || connection.isBehind ? framesFor(connection, items) : same;
      if (own === null) continue;
      const notice = this.#notices.get(connection);
      if (notice) this.#notices.delete(connection);
      connection.send(notice ? Buffer.concat([own, notice]) : own);
    }
  }

  stop(): void {
    if (this.#turn !== null) clearImmediate(this.#turn);
    this.#turn = null;
    if (this.#noticeTimer !== null) clearTimeout(this.#noticeTimer);
    this.#noticeTimer = null;
    this.#items = [];
  }
}

const NOBODY: ReadonlyMap<object, null> = new Map();

function framesFor(connection: NoteConnection, items: readonly Item[]): Buffer | null {
  const frames: Buffer[] = [];
  for (const item of items) {
    if (item.mayDrop && connection.isBehind) continue;
    const frame = item.instead.has(connection) ? item.instead.get(connection) : item.frame;
    if (frame) frames.push(frame);
  }
  return frames.length > 0 ? joinFrames(frames) : null;
}
