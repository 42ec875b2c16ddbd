import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** What a server said, as far as the benchmark tells things apart. `bodyStart` and `bodyEnd` are set for the first four. */
export type Kind = 'vector' | 'answer' | 'update' | 'awareness' | 'saved' | 'other';

/** How one server's protocol puts things: plain y-websocket, or Hocuspocus with its room name in each message. */
export type Wire = {
  /** What a client says when its socket is open. */
  hello(room: string): Uint8Array[];
  /** The answer to a server that asks what it lacks. */
  answer(room: string, update: Uint8Array): Uint8Array;
  update(room: string, update: Uint8Array): Uint8Array;
  awareness(room: string, body: Uint8Array): Uint8Array;
  /** Tells what a message is; where its body stands is left in `Wire.body`. */
  read(bytes: Buffer, start: number, end: number): Kind;
  /** How many messages are saved after a message that says so, when it was so many before. */
  saved(before: number, bytes: Buffer, end: number): number;
};

/** Where the body of the message read last stands: one object for all, as messages come by the million. */
export const body = { start: 0, end: 0 };

const NO_VECTOR = Uint8Array.of(0);
const STEPS: readonly Kind[] = ['vector', 'answer', 'update'];

function message(prefix: string | null, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  if (prefix !== null) encoding.writeVarString(encoder, prefix);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

const sync = (prefix: string | null, step: number, bytes: Uint8Array) =>
  message(prefix, (encoder) => {
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, bytes);
  });

const awareness = (prefix: string | null, bytes: Uint8Array) =>
  message(prefix, (encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint8Array(encoder, bytes);
  });

function readBody(bytes: Buffer, from: number): void {
  let at = from;
  let length = 0;
  let scale = 1;
  for (;;) {
    const byte = bytes[at++] ?? 0;
    length += (byte & 0x7f) * scale;
    if (byte < 0x80) break;
    scale *= 128;
  }
  body.start = at;
  body.end = at + length;
}

function readKind(bytes: Buffer, at: number, saved: number): Kind {
  const type = bytes[at];
  if (type === 0 || (type === 4 && saved === 8)) {
    readBody(bytes, at + 2);
    return STEPS[bytes[at + 1] ?? 3] ?? 'other';
  }
  if (type === 1) {
    readBody(bytes, at + 1);
    return 'awareness';
  }
  return type === saved ? 'saved' : 'other';
}

export const yWebsocket: Wire = {
  hello: () => [sync(null, 0, NO_VECTOR)],
  answer: (_, update) => sync(null, 1, update),
  update: (_, update) => sync(null, 2, update),
  awareness: (_, bytes) => awareness(null, bytes),
  read: (bytes, start) => {
    const kind = readKind(bytes, start, 100);
    // What follows the number 100 is the state vector, then how many messages are durable.
    if (kind === 'saved') readBody(bytes, start + 1);
    return kind;
  },
  saved: (_, bytes, end) =>
    decoding.readVarUint(decoding.createDecoder(Uint8Array.from(bytes.subarray(body.end, end)))),
};

/** A relay answers nothing, so nothing is asked of it. */
export const relayed: Wire = { ...yWebsocket, hello: () => [] };

export const hocuspocus: Wire = {
  hello: (room) => [
    message(room, (encoder) => {
      encoding.writeVarUint(encoder, 2);
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarString(encoder, 'token');
      encoding.writeVarString(encoder, '4.7.0');
    }),
    sync(room, 0, NO_VECTOR),
  ],
  answer: (room, update) => sync(room, 1, update),
  update: (room, update) => sync(room, 2, update),
  awareness: (room, bytes) => awareness(room, bytes),
  read: (bytes, start) => {
    readBody(bytes, start);
    return readKind(bytes, body.end, 8);
  },
  saved: (before) => before + 1,
};
