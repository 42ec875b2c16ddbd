/** A message that no honest client sends. Its socket is closed with 4400; nobody else notices. */
export class MalformedMessage extends Error {}

/**
 * Reads the numbers and byte strings of lib0's encoding out of one message, never past its end. lib0's
 * own reader makes views by declared length over the whole buffer below, which for a socket's message
 * is a pool that also holds what other people sent.
 */
export class ByteReader {
  #at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /** A number up to `max`, which is below 2^53. @throws MalformedMessage */
  number(max = 0xffffffff): number {
    let value = 0;
    for (let scale = 1; scale <= max; scale *= 128) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new MalformedMessage('The message ends inside a number');
      value += (byte & 0x7f) * scale;
      if (value > max || (byte === 0 && scale > 1)) break;
      if (byte < 0x80) return value;
    }
    throw new MalformedMessage('A number is too large, or not in its shortest form');
  }

  /** A byte string with its length before it, as a view. @throws MalformedMessage */
  bytes(): Uint8Array {
    const length = this.number();
    if (length > this.left) throw new MalformedMessage('The message is shorter than it says');
    const from = this.#at;
    this.#at += length;
    return this.#bytes.subarray(from, this.#at);
  }

  /** @throws MalformedMessage when something follows. */
  end(): void {
    if (this.left > 0) throw new MalformedMessage('The message is longer than it says');
  }
}
