import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export type RawSocketEvents = {
  /** A whole message: the bytes from `start` to `end` of a buffer that is used again after the call. */
  onMessage(bytes: Buffer, start: number, end: number): void;
  onOpen?(): void;
  /** The close code, or 1006 when the connection just broke. */
  onClose?(code: number): void;
};

const SHARED = Buffer.allocUnsafe(512 * 1024);

/**
 * A websocket client on a bare TCP socket. All of them read into one buffer and nothing is copied that need not be:
 * with hundreds of clients in one process a library's client would be most of what is measured.
 */
export class RawSocket {
  /** When the bytes that are being read came in, `performance.now()`. */
  static now = 0;
  readonly #socket: Socket;
  readonly #events: RawSocketEvents;
  #rest: Buffer | null = null;
  #open = false;
  #code = 1006;

  constructor(port: number, path: string, headers: Record<string, string>, events: RawSocketEvents) {
    this.#events = events;
    this.#socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: {
        buffer: SHARED,
        callback: (length, buffer) => {
          RawSocket.now = performance.now();
          this.#read(Buffer.from(buffer.buffer, buffer.byteOffset, length));
          return true;
        },
      },
    });
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    this.#socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n${lines.join('')}\r\n`,
    );
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => events.onClose?.(this.#code));
  }

  /** Writes frames made by `clientFrame`. */
  write(frames: Buffer): void {
    this.#socket.write(frames);
  }

  /** Breaks the connection off. */
  destroy(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    let bytes = chunk;
    if (this.#rest !== null) {
      bytes = Buffer.concat([this.#rest, chunk]);
      this.#rest = null;
    }
    let at = 0;
    if (!this.#open) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) {
        this.#rest = Buffer.from(bytes);
        return;
      }
      const head = bytes.toString('latin1', 0, end);
      if (!head.startsWith('HTTP/1.1 101')) throw new Error(`The server refused a socket: ${head}`);
      this.#open = true;
      at = end + 4;
      this.#events.onOpen?.();
    }
    at = this.#frames(bytes, at);
    if (at < bytes.length) this.#rest = Buffer.from(bytes.subarray(at));
  }

  /** Reads all whole frames; answers where the rest starts. */
  #frames(bytes: Buffer, from: number): number {
    let at = from;
    while (at + 2 <= bytes.length) {
      const kind = (bytes[at] ?? 0) & 0x0f;
      let length = (bytes[at + 1] ?? 0) & 0x7f;
      let start = at + 2;
      if (length === 126) {
        if (at + 4 > bytes.length) break;
        length = bytes.readUInt16BE(at + 2);
        start = at + 4;
      } else if (length === 127) {
        if (at + 10 > bytes.length) break;
        length = Number(bytes.readBigUInt64BE(at + 2));
        start = at + 10;
      }
      if (start + length > bytes.length) break;
      if (kind === 1 || kind === 2) this.#events.onMessage(bytes, start, start + length);
      else if (kind === 8) this.#code = length >= 2 ? bytes.readUInt16BE(start) : 1005;
      else if (kind === 9) this.#socket.write(clientFrame(bytes.subarray(start, start + length), 0x8a));
      at = start + length;
    }
    return at;
  }
}

/** A message as a client sends it: masked, as the protocol wants, with a mask that is really used. */
export function clientFrame(payload: Uint8Array, head = 0x82): Buffer {
  const { length } = payload;
  const from = length < 126 ? 6 : length < 0x10000 ? 8 : 14;
  const frame = Buffer.allocUnsafe(from + length);
  frame[0] = head;
  if (from === 6) frame[1] = 0x80 | length;
  else if (from === 8) {
    frame[1] = 0x80 | 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 0x80 | 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  const mask = [0x5a, 0xc3, 0x17, 0x9e];
  frame.set(mask, from - 4);
  for (let at = 0; at < length; at++) frame[from + at] = (payload[at] ?? 0) ^ (mask[at & 3] ?? 0);
  return frame;
}
