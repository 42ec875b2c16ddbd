/** The first byte of a message in one frame (RFC 6455, section 5.2). */
const HEAD = { text: 0x81, binary: 0x82 };

/** Room for a frame with so many bytes in it, its head written, and where what is in it starts. */
function open(length: number, head = HEAD.binary): { frame: Buffer; at: number } {
  const at = length < 126 ? 2 : length < 0x10000 ? 4 : 10;
  const frame = Buffer.allocUnsafe(at + length);
  frame[0] = head;
  if (at === 2) {
    frame[1] = length;
  } else if (at === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeUInt32BE(Math.floor(length / 0x1_0000_0000), 2);
    frame.writeUInt32BE(length % 0x1_0000_0000, 6);
  }
  return { frame, at };
}

/**
 * A message as one websocket frame: the very bytes that go to the socket, so that they are made once however many
 * sockets get them. A server's frames are not masked, so they are the same for all.
 */
export function frameOf(message: Uint8Array): Buffer {
  const { frame, at } = open(message.length);
  frame.set(message, at);
  return frame;
}

/** The same for a message of text. */
export function textFrameOf(text: string): Buffer {
  const { frame, at } = open(Buffer.byteLength(text), HEAD.text);
  frame.write(text, at);
  return frame;
}

/** Several frames as one write; one alone is itself. */
export function joinFrames(frames: readonly Buffer[]): Buffer {
  const [only] = frames;
  return frames.length === 1 && only ? only : Buffer.concat(frames);
}

/** The same as `frameOf` for a message made of small numbers (below 128) and a byte string with its length before it. */
export function messageFrame(numbers: readonly number[], body: Uint8Array): Buffer {
  let prefix = numbers.length + 1;
  for (let rest = body.length; rest > 0x7f; rest = Math.floor(rest / 128)) prefix++;
  const opened = open(prefix + body.length);
  const { frame } = opened;
  let { at } = opened;
  for (const number of numbers) frame[at++] = number;
  let rest = body.length;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) frame[at++] = (rest % 128) | 0x80;
  frame[at++] = rest;
  frame.set(body, at);
  return frame;
}
