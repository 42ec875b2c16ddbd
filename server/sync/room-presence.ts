import type { Broadcast } from './broadcast';
import type { Caret } from './caret-relay';
import type { NoteConnection } from './note-connection';
import { type ClientIdOwners, Presence } from './presence';
import { awarenessFrame } from './sync-protocol';

const NOBODY = awarenessFrame([]);

/** A client whose socket another process has. */
class Remote {
  readonly from: string;
  constructor(from: string) {
    this.from = from;
  }
}

/**
 * The presence of one room, told to its sockets at most once in so many ms. What has waited long enough goes out
 * with whatever else is sent at the end of the turn: a caret moves with the letter that was typed.
 */
export class RoomPresence {
  readonly #presence = new Presence<NoteConnection | Remote>();
  readonly #connections: ReadonlySet<NoteConnection>;
  readonly #broadcast: Broadcast;
  readonly #everyMs: number;
  /** Tells other processes what a socket here shows. */
  readonly #relay: (caret: Caret) => void;
  readonly #remotes = new Map<string, Remote>();
  #told = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(
    connections: ReadonlySet<NoteConnection>,
    broadcast: Broadcast,
    everyMs: number,
    relay: (caret: Caret) => void,
  ) {
    this.#connections = connections;
    this.#broadcast = broadcast;
    this.#everyMs = everyMs;
    this.#relay = relay;
  }

  /** @throws MalformedMessage */
  receive(connection: NoteConnection, body: Uint8Array, owners: ClientIdOwners): void {
    if (!this.#connections.has(connection)) return;
    if (!this.#presence.receive(connection, connection.person, body, owners)) return;
    this.#pass(connection);
    this.#schedule();
  }

  /** Who said, here or on another process, that they write under a client id; null for nobody. */
  readonly announcedBy = (clientId: number): string | null => this.#presence.announcedBy(clientId);

  leave(connection: NoteConnection): void {
    const caret = this.#presence.caretOf(connection);
    if (!this.#presence.leave(connection)) return;
    if (caret) this.#relay({ ...caret, state: null });
    this.#schedule();
  }

  #pass(connection: NoteConnection): void {
    const caret = this.#presence.caretOf(connection);
    if (caret) this.#relay(caret);
  }

  /** What the sockets of this process show. */
  *own(): Iterable<Caret> {
    for (const connection of this.#connections) {
      const caret = this.#presence.caretOf(connection);
      if (caret) yield caret;
    }
  }

  /** Another process has this client. */
  hear(from: string, caret: Caret): void {
    const holder = this.#presence.holderOf(caret.clientId);
    if (holder && !(holder instanceof Remote)) {
      // It came over to us before the other saw that it had left.
      if (caret.state === null) this.#pass(holder);
      return;
    }
    const key = `${from} ${caret.clientId}`;
    const remote = this.#remotes.get(key) ?? new Remote(from);
    if (caret.state === null) this.#remotes.delete(key);
    else this.#remotes.set(key, remote);
    if (this.#presence.put(remote, caret)) this.#schedule();
  }

  /** Another process is gone, with the clients it had. */
  lost(from: string): void {
    for (const [key, remote] of this.#remotes) {
      if (remote.from !== from) continue;
      this.#remotes.delete(key);
      if (this.#presence.leave(remote)) this.#schedule();
    }
  }

  /** Tells a socket who else is there; when asked, also that nobody is. */
  tell(connection: NoteConnection, asked: boolean): void {
    const others = this.#presence.others(connection);
    if (connection.isBehind) return;
    if (others) connection.send(others);
    else if (asked) connection.send(NOBODY);
  }

  /** Adds what changed to what is being sent, if something is sent anyway or it has waited long enough. */
  contribute(anyway: boolean): void {
    const now = performance.now();
    // A timer may come a little before its time, and there is no other after it.
    if (!anyway && this.#timer !== null && now < this.#told + this.#everyMs) return;
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
