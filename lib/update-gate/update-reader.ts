import { LIMITS } from './limits';
import { Refusal } from './refusal';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads the building blocks of Yjs' encoding (that of lib0) out of an update, never past its end, never more than is
 * there, and only in the form in which they are written.
 */
export class UpdateReader {
  readonly bytes: Uint8Array;
  at = 0;
  /** Things that may still be announced. */
  #entries: number;

  constructor(bytes: Uint8Array, maxEntries: number = LIMITS.entries) {
    this.bytes = bytes;
    this.#entries = maxEntries;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new Refusal('cut short');
    return byte;
  }

  /** A whole number up to `max`, in at most five bytes. */
  number(max: number): number {
    let value = 0;
    let scale = 1;
    for (let index = 0; index < 5; index++) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      scale *= 128;
      if (byte >= 0x80) continue;
      if (value > max || (byte === 0 && index > 0)) break;
      return value;
    }
    throw new Refusal('a number that is too large or not in its shortest form');
  }

  /** How many things follow that each take up so many bytes at least. */
  count(size: number): number {
    const count = this.number(0xffffffff);
    if (count * size > this.left) throw new Refusal('cut short');
    this.#entries -= count;
    if (this.#entries < 0) throw new Refusal('too large');
    return count;
  }

  skip(bytes: number): void {
    if (bytes > this.left) throw new Refusal('cut short');
    this.at += bytes;
  }

  /** Passes over a text with its length before it, and answers how many UTF-16 units it has. */
  text(): number {
    const length = this.number(0xffffffff);
    if (length > this.left) throw new Refusal('cut short');
    const end = this.at + length;
    const units = utf16Length(this.bytes, this.at, end);
    this.at = end;
    return units;
  }

  /** A short text with its length before it. */
  string(maxBytes: number): string {
    const length = this.number(0xffffffff);
    if (length > this.left) throw new Refusal('cut short');
    if (length > maxBytes) throw new Refusal('too large');
    const part = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    try {
      return decoder.decode(part);
    } catch {
      throw new Refusal('text that is no text');
    }
  }
}

/** How many UTF-16 units these UTF-8 bytes stand for. Refuses what is no UTF-8. */
function utf16Length(bytes: Uint8Array, from: number, end: number): number {
  let units = 0;
  let at = from;
  while (at < end) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      at++;
      units++;
      continue;
    }
    const more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    const second = bytes[at + 1] ?? 0;
    const wrong =
      lead < 0xc2 ||
      lead > 0xf4 ||
      at + more >= end ||
      (second & 0xc0) !== 0x80 ||
      (more > 1 && ((bytes[at + 2] ?? 0) & 0xc0) !== 0x80) ||
      (more > 2 && ((bytes[at + 3] ?? 0) & 0xc0) !== 0x80) ||
      // Longer than need be, a surrogate, or beyond the last code point.
      (lead === 0xe0 && second < 0xa0) ||
      (lead === 0xed && second > 0x9f) ||
      (lead === 0xf0 && second < 0x90) ||
      (lead === 0xf4 && second > 0x8f);
    if (wrong) throw new Refusal('text that is no text');
    at += more + 1;
    units += more === 3 ? 2 : 1;
  }
  return units;
}
