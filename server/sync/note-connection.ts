import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { Grant } from '../../lib/access/grant';
import { CLOSE } from '../../lib/live/close-codes';
import { Budget } from '../budget';
import { MalformedMessage } from './byte-reader';
import type { Person } from './presence';
import { damagedFrame } from './sync-protocol';

const MESSAGES_PER_SECOND = 100;
const BYTES_PER_SECOND = 2 * 1024 * 1024;
/** A client that was away for long brings much at once; afterwards it is held to the rate. */
const BURST_SECONDS = 10;
const MAX_BUFFERED_BYTES = 8 * 1024 * 1024;
const MAX_BUFFERED_FOR_AWARENESS = 1024 * 1024;
/** How long a peer may take to answer our closing before it is cut off, ms. */
const GOODBYE_MS = 2_000;

/** What the gateway knows of a socket it lets into a note. */
export type Entrance = {
  readonly grant: Grant;
  readonly noteId: string;
  /** Without it, changes the socket sends are passed over; it still reads. */
  readonly canWrite: boolean;
  /** Whether it asked to be told what is saved. */
  readonly ack: boolean;
};

export type ConnectionEvents = {
  onMessage(message: Uint8Array): void;
  onClose(): void;
};

/** One socket in a room, with its limits. Whatever goes wrong on it ends this socket and no other. */
export class NoteConnection {
  readonly entrance: Entrance;
  /** Whom it speaks for. */
  readonly person: Person;
  /** When something was last sent, `performance.now()`. */
  lastSent = performance.now();
  /** Messages that carry changes, taken in since it opened. */
  messages = 0;
  welcomed = false;
  /** Resolves when the socket is closed for good. */
  readonly ended: Promise<void>;
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  readonly #count = new Budget(MESSAGES_PER_SECOND, MESSAGES_PER_SECOND * BURST_SECONDS);
  readonly #bytes = new Budget(BYTES_PER_SECOND, BYTES_PER_SECOND * BURST_SECONDS);
  readonly #vectors = new Budget(2, 10);
  readonly #gaps = new Budget(2, 20);
  readonly #onMessage: (message: Uint8Array) => void;
  readonly #onClose: () => void;
  #largestAnswer = 0;
  #open = true;

  /**
   * `stream` is what the websocket was upgraded from. Ready-made frames are written to it directly, between whole
   * frames of ws, which without compression writes each of its own in one go.
   */
  constructor(socket: WebSocket, stream: Duplex, entrance: Entrance, events: ConnectionEvents) {
    this.#socket = socket;
    this.#stream = stream;
    this.entrance = entrance;
    this.person = { userId: entrance.grant.actor.userId, name: entrance.grant.actor.name };
    this.#onMessage = events.onMessage;
    this.#onClose = events.onClose;
    this.ended = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.binaryType = 'nodebuffer';
    // ws closes the socket after an error; without a listener the error would end the process.
    socket.on('error', () => this.#end());
    socket.on('close', () => this.#end());
    socket.on('message', (data: RawData, isBinary: boolean) => this.#receive(data, isBinary));
    if (socket.readyState !== socket.OPEN) queueMicrotask(() => this.#end());
  }

  get open(): boolean {
    return this.#open;
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (!this.#open) return;
    if (!isBinary || !Buffer.isBuffer(data)) {
      this.close(CLOSE.malformed, 'binary messages only');
      return;
    }
    if (!this.#count.take() || !this.#bytes.take(data.length)) {
      this.close(CLOSE.tooMany, 'too many messages');
      return;
    }
    this.deliver(data);
  }

  /** Hands a message to the room, maybe for the second time. What it breaks closes this socket only. */
  deliver(message: Uint8Array): void {
    try {
      this.#onMessage(message);
    } catch (error) {
      this.close(CLOSE.malformed, error instanceof MalformedMessage ? error.message : 'not understood');
    }
  }

  /** Stops reading, while the room can't answer; the peer is slowed down by TCP itself. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Whether it may ask for the note once more; each costs an answer of the note's size. Else it is let go. */
  mayAskForAll(): boolean {
    if (this.#vectors.take()) return true;
    this.close(CLOSE.tooMany, 'asked for the note too often');
    return false;
  }

  /** Whether it may once more have given all it has and still build on what is missing. Else it is let go. */
  mayHaveGap(): boolean {
    if (this.#gaps.take()) return true;
    this.close(CLOSE.tooMany, 'too many changes with gaps');
    return false;
  }

  /** Whether it is behind with what it was sent, so that a caret is not worth sending: the next one replaces it. */
  get isBehind(): boolean {
    return this.#stream.writableLength > MAX_BUFFERED_FOR_AWARENESS;
  }

  /** Sends whole frames, or lets a peer go that does not keep up. */
  send(frames: Buffer): void {
    if (!this.#open || this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#stream.writableLength > MAX_BUFFERED_BYTES + this.#largestAnswer) {
      this.close(CLOSE.tooSlow, 'too slow');
      return;
    }
    this.#stream.write(frames);
    this.lastSent = performance.now();
  }

  /** Says that the note is damaged and can only be read, to a client that knows the word. */
  sayDamaged(): void {
    if (this.entrance.ack) this.send(damagedFrame());
  }

  /** Says so to who tried to write: an editor goes on reading, and a client that can't be told is closed. */
  refuseDamaged(): void {
    if (this.entrance.ack) this.sayDamaged();
    else this.close(CLOSE.malformed, 'The note is damaged and can only be read');
  }

  /** Sends the answer to a state vector, which may rightly be larger than what we let wait otherwise. */
  sendAnswer(frames: Buffer): void {
    this.send(frames);
    this.#largestAnswer = Math.max(this.#largestAnswer, frames.length);
  }

  /** Closes it. The room forgets it at once, not when the peer has answered. */
  close(code: number, reason: string): void {
    if (!this.#open) return;
    // A paused socket would never read the peer's answer.
    this.#socket.resume();
    this.#socket.close(code, reason);
    const timer = setTimeout(() => this.#socket.terminate(), GOODBYE_MS);
    this.#socket.once('close', () => clearTimeout(timer));
    this.#end();
  }

  #end(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#onClose();
  }
}
