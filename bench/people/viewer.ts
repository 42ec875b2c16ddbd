import { clientFrame, RawSocket } from '../sync/raw-socket';

/** A text message, as a client sends it. */
const TEXT_FRAME = 0x81;
const CREATED = '"type":"annotation.created","subject":{"id":"';
const ID_LENGTH = 36;

export type Seen = {
  /** A mark came to somebody, `performance.now()`. */
  mark(id: string, at: number): void;
  message(bytes: number): void;
  closed(code: number): void;
};

/** One open page of one person, as far as its live socket goes: says where it is, and hears what happens. */
export class Viewer {
  isReady = false;
  readonly #socket: RawSocket;
  #isLeaving = false;

  constructor(port: number, path: string, token: string, at: object, seen: Seen) {
    this.#socket = new RawSocket(
      port,
      path,
      { Authorization: `Bearer ${token}` },
      {
        onMessage: (bytes, start, end) => {
          seen.message(end - start);
          const begins = bytes.toString('latin1', start, Math.min(end, start + 20));
          if (begins.startsWith('{"type":"event"')) this.#hear(bytes, start, end, seen);
          else if (begins.startsWith('{"type":"ready"')) {
            this.isReady = true;
            this.#socket.write(
              clientFrame(Buffer.from(JSON.stringify({ type: 'presence', at })), TEXT_FRAME),
            );
          }
        },
        onClose: (code) => {
          if (!this.#isLeaving) seen.closed(code);
        },
      },
    );
  }

  #hear(bytes: Buffer, start: number, end: number, seen: Seen): void {
    const found = bytes.indexOf(CREATED, start, 'latin1');
    if (found < 0 || found > end) return;
    const from = found + CREATED.length;
    seen.mark(bytes.toString('latin1', from, from + ID_LENGTH), RawSocket.now);
  }

  /** Says that it went somewhere else. */
  move(at: object): void {
    this.#socket.write(clientFrame(Buffer.from(JSON.stringify({ type: 'presence', at })), TEXT_FRAME));
  }

  leave(): void {
    this.#isLeaving = true;
    this.#socket.destroy();
  }
}
