import * as Y from 'yjs';
import { Histogram } from './figures';
import { clientFrame, RawSocket } from './raw-socket';
import type { RunningServer } from './servers';
import { type Script, script, scriptOf } from './typing';
import { body, type Wire } from './wire';

const NO_UPDATE = Uint8Array.of(0, 0);

/** A room's clients, and what all of them have got of what each other typed. */
export class Room {
  readonly name: string;
  readonly seats: Seat[] = [];
  readonly #letters: number;
  readonly #scripts: Script[] = [];
  /** A merged update reaches all clients with the same bytes: it is taken apart once. */
  #last: { bytes: Buffer; ranges: Range[] } | null = null;

  constructor(name: string, letters: number) {
    this.name = name;
    this.#letters = letters;
  }

  scriptFor(seat: number): Script {
    this.#scripts[seat] ??= script(seat, this.#letters);
    return this.#scripts[seat] as Script;
  }

  /** What an update holds, as runs of letters. */
  ranges(bytes: Buffer, start: number, end: number): readonly Range[] {
    const quick = this.#oneLetter(bytes, start, end);
    if (quick !== null) return quick;
    if (this.#last && bytes.compare(this.#last.bytes, 0, this.#last.bytes.length, start, end) === 0) {
      return this.#last.ranges;
    }
    const copy = Buffer.from(bytes.subarray(start, end));
    const ranges: Range[] = [];
    for (const struct of Y.decodeUpdate(copy).structs) {
      const seat = scriptOf(struct.id.client);
      if (seat < 0 || !(struct instanceof Y.Item)) continue;
      // A run may begin with the letter the paragraph was made with.
      const from = struct.id.clock - this.scriptFor(seat).base;
      const to = from + struct.length;
      if (to > 0) ranges.push({ seat, from: Math.max(0, from), to });
    }
    this.#last = { bytes: copy, ranges };
    return ranges;
  }

  /** The usual update, one letter of one person, without Yjs: one client, one struct, and as long as it was made. */
  #oneLetter(bytes: Buffer, start: number, end: number): readonly Range[] | null {
    if (bytes[start] !== 1 || bytes[start + 1] !== 1) return null;
    let at = start + 2;
    const number = () => {
      let value = 0;
      for (let scale = 1; ; scale *= 128) {
        const byte = bytes[at++] ?? 0;
        value += (byte & 0x7f) * scale;
        if (byte < 0x80) return value;
      }
    };
    const seat = scriptOf(number());
    if (seat < 0) return null;
    const script = this.scriptFor(seat);
    const from = number() - script.base;
    const letter = script.letters[from];
    if (letter === undefined || letter.length !== end - start) return null;
    ONE.seat = seat;
    ONE.from = from;
    ONE.to = from + 1;
    return ONLY;
  }
}

type Range = { seat: number; from: number; to: number };
const ONE: Range = { seat: 0, from: 0, to: 0 };
const ONLY: readonly Range[] = [ONE];

/** What happened while it was measured. */
export class Tally {
  measuring = false;
  deliveries = 0;
  frames = 0;
  echoes = 0;
  carets = 0;
  /** Letters that came twice, or before an earlier one of the same person. */
  doubles = 0;
  gaps = 0;
  closed = 0;
  readonly delays = new Histogram();
}

/** One client in a room; some of them type. */
export class Seat {
  readonly index: number;
  readonly room: Room;
  /** Its socket is open and the server has told what there is. */
  readonly synced: Promise<void>;
  /** How many of its letters are written. */
  sent = 0;
  /** When each letter was written, and how many others have it. */
  readonly sentAt: Float64Array;
  readonly reached: Uint16Array;
  /** Messages with changes it has written, and how many of them the server called saved. */
  #changes = 0;
  #saved = 0;
  /** Called when a letter of this seat has reached all others. */
  onReachedAll: (() => void) | null = null;
  readonly #wire: Wire;
  readonly #tally: Tally;
  readonly #socket: RawSocket;
  readonly #seen: Int32Array;
  #leaving = false;
  #synced: () => void = () => undefined;

  constructor(
    server: RunningServer,
    room: Room,
    seats: number,
    person: number,
    letters: number,
    tally: Tally,
  ) {
    this.index = room.seats.length;
    this.room = room;
    room.seats.push(this);
    this.#wire = server.wire;
    this.#tally = tally;
    this.#seen = new Int32Array(seats);
    this.sentAt = new Float64Array(letters);
    this.reached = new Uint16Array(letters);
    const waiting = Promise.withResolvers<void>();
    this.synced = waiting.promise;
    // Once it is in, a closing is counted and waited for by nobody.
    waiting.promise.catch(() => undefined);
    this.#synced = waiting.resolve;
    const { path, headers } = server.address(room.name, person);
    this.#socket = new RawSocket(server.port, path, headers, {
      onOpen: () => {
        const hello = server.wire.hello(room.name);
        if (hello.length === 0) waiting.resolve();
        else this.#socket.write(Buffer.concat(hello.map((message) => clientFrame(message))));
      },
      onMessage: (bytes, start, end) => this.#receive(bytes, start, end),
      onClose: (code) => {
        if (this.#leaving) return;
        tally.closed++;
        waiting.reject(new Error(`${server.name} closed a socket with ${code}`));
      },
    });
  }

  #receive(bytes: Buffer, start: number, end: number): void {
    const kind = this.#wire.read(bytes, start, end);
    if (kind === 'update' || kind === 'answer') {
      if (this.#tally.measuring) this.#tally.frames++;
      if (body.end - body.start > 2) this.#take(bytes, body.start, body.end);
      if (kind === 'answer') this.#synced();
    } else if (kind === 'awareness') {
      if (this.#tally.measuring) this.#tally.carets++;
    } else if (kind === 'vector') {
      this.#change(this.#wire.answer(this.room.name, NO_UPDATE));
    } else if (kind === 'saved') {
      this.#saved = this.#wire.saved(this.#saved, bytes, end);
    }
  }

  #take(bytes: Buffer, start: number, end: number): void {
    for (const { seat, from, to } of this.room.ranges(bytes, start, end)) {
      if (seat === this.index) {
        this.#tally.echoes++;
        continue;
      }
      const seen = this.#seen[seat] ?? 0;
      if (from > seen) this.#tally.gaps++;
      if (from < seen) this.#tally.doubles++;
      if (to <= seen) continue;
      this.#seen[seat] = to;
      this.room.seats[seat]?.arrived(seen, to, this.#tally);
    }
  }

  /** Another client has these letters of this seat now. */
  arrived(from: number, to: number, tally: Tally): void {
    const others = this.room.seats.length - 1;
    for (let letter = from; letter < to; letter++) {
      if (tally.measuring) {
        tally.deliveries++;
        tally.delays.add(RawSocket.now - (this.sentAt[letter] ?? 0));
      }
      const reached = (this.reached[letter] ?? 0) + 1;
      this.reached[letter] = reached;
      if (reached === others) this.onReachedAll?.();
    }
  }

  /** How many letters of another seat have come. */
  seenOf(seat: number): number {
    return this.#seen[seat] ?? 0;
  }

  /** Makes its own paragraph. */
  open(): void {
    this.#change(this.#wire.update(this.room.name, this.room.scriptFor(this.index).opening));
  }

  /** Types the next letter; answers false when its text is at an end. */
  type(): boolean {
    const letter = this.room.scriptFor(this.index).letters[this.sent];
    if (letter === undefined || this.sent >= this.sentAt.length) return false;
    this.sentAt[this.sent++] = performance.now();
    this.#change(this.#wire.update(this.room.name, letter));
    return true;
  }

  #change(message: Uint8Array): void {
    this.#changes++;
    this.#socket.write(clientFrame(message));
  }

  /** How many of its letters the server called saved. */
  savedLetters(): number {
    return this.#saved - (this.#changes - this.sent);
  }

  /** Says where its caret stands after the last letter. */
  moveCaret(): void {
    const caret = this.room.scriptFor(this.index).carets[this.sent - 1];
    if (caret) this.#socket.write(clientFrame(this.#wire.awareness(this.room.name, caret)));
  }

  leave(): void {
    this.#leaving = true;
    this.#socket.destroy();
  }
}

/** Fills rooms with clients, a few at a time, and waits until all are in. */
export async function gather(
  server: RunningServer,
  rooms: readonly string[],
  seats: number,
  letters: number,
  tally: Tally,
): Promise<Room[]> {
  const made: Room[] = [];
  let person = 0;
  for (const name of rooms) {
    const room = new Room(name, letters);
    made.push(room);
    for (let from = 0; from < seats; from += 20) {
      const some = Array.from({ length: Math.min(20, seats - from) }, () => {
        return new Seat(server, room, seats, person++, letters, tally);
      });
      await Promise.all(some.map((seat) => seat.synced));
    }
  }
  return made;
}

/** Waits until something is so, looking every few ms. @throws Error when it takes too long. */
export async function until(what: string, isSo: () => boolean, ms = 20_000): Promise<void> {
  const end = performance.now() + ms;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`Waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Lets so many ms pass. */
export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
