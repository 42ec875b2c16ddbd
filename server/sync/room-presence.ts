import type { Broadcast } from './broadcast';
import type { NoteConnection } from './note-connection';
import { Presence } from './presence';
import { awarenessFrame } from './sync-protocol';

const NOBODY = awarenessFrame([]);

/**
 * The presence of one room, told to its sockets at most once in so many ms. What has waited long enough goes out
 * with whatever else is sent at the end of the turn: a caret moves with the letter that was typed.
 */
export class RoomPresence {
  readonly #presence = new Presence<NoteConnection>();
  readonly #connections: ReadonlySet<NoteConnection>;
  readonly #broadcast: Broadcast;
  readonly #everyMs: number;
  #told = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(connections: ReadonlySet<NoteConnection>, broadcast: Broadcast, everyMs: number) {
    this.#connections = connections;
    this.#broadcast = broadcast;
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
    if (connection.isBehind) return;
    if (others) connection.send(others);
    else if (asked) connection.send(NOBODY);
  }

  /** Adds what changed to what is being sent, if it has waited long enough. */
  contribute(): void {
    const now = performance.now();
    // A timer may come a little before its time, and there is no other after it.
    if (this.#timer !== null && now < this.#told + this.#everyMs) return;
    this.stop();
    const change = this.#presence.takeChanges();
    if (change === null) return;
    this.#told = now;
    this.#broadcast.add({ ...change, mayDrop: true });
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #schedule(): void {
    const wait = this.#told + this.#everyMs - performance.now();
    if (wait <= 0) {
      this.#broadcast.schedule();
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#broadcast.schedule();
    }, wait);
  }
}
