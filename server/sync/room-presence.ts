import type { NoteConnection } from './note-connection';
import { Presence } from './presence';
import { awarenessFrame } from './sync-protocol';

/** The presence of one room, told to its sockets at most once in so many ms. */
export class RoomPresence {
  readonly #presence = new Presence<NoteConnection>();
  readonly #connections: ReadonlySet<NoteConnection>;
  readonly #everyMs: number;
  #timer: NodeJS.Timeout | null = null;

  constructor(connections: ReadonlySet<NoteConnection>, everyMs: number) {
    this.#connections = connections;
    this.#everyMs = everyMs;
  }

  /** @throws MalformedMessage */
  receive(connection: NoteConnection, body: Uint8Array): void {
    if (!this.#connections.has(connection)) return;
    const { userId, name } = connection.entrance.grant.actor;
    if (this.#presence.receive(connection, { userId, name }, body)) this.#schedule();
  }

  leave(connection: NoteConnection): void {
    if (this.#presence.leave(connection)) this.#schedule();
  }

  /** Tells a socket who else is there; when asked, also that nobody is. */
  tell(connection: NoteConnection, asked: boolean): void {
    const others = this.#presence.others(connection);
    if (others) connection.sendAwareness(others);
    else if (asked) connection.sendAwareness(awarenessFrame([]));
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      const change = this.#presence.takeChanges();
      if (change === null) return;
      for (const connection of this.#connections) {
        const frame = change.instead.has(connection) ? change.instead.get(connection) : change.frame;
        if (frame) connection.sendAwareness(frame);
      }
    }, this.#everyMs);
  }
}
