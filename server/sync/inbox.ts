import type { NoteConnection } from './note-connection';

/** Messages that have to wait, in the order they came. */
export class Inbox {
  #waiting: { readonly connection: NoteConnection; readonly message: Uint8Array }[] = [];

  add(connection: NoteConnection, message: Uint8Array): void {
    this.#waiting.push({ connection, message });
  }

  /** Hands them over once more, as long as whoever takes them is ready. */
  deliverWhile(isReady: () => boolean): void {
    while (isReady()) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      next.connection.deliver(next.message);
    }
  }

  clear(): void {
    this.#waiting = [];
  }
}
