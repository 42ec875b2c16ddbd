import { AppError } from '../../lib/errors';

const BLOCK = 512;
const SUM_AT = 148;
const SUM_LENGTH = 8;

const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;

/** The sum of a header's bytes with the sum's own place read as blanks (POSIX ustar). */
function sumOf(header: Buffer): number {
  let sum = 0;
  for (const [at, byte] of header.entries()) sum += at >= SUM_AT && at < SUM_AT + SUM_LENGTH ? 0x20 : byte;
  return sum;
}

/** A file as an entry of a tar archive (POSIX ustar); `name` has at most 100 bytes, `at` is ms. */
export function tarEntry(name: string, body: Buffer, at: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(name) > 100) throw new Error(`${name} is too long a name for an entry`);
  header.write(name, 0);
  header.write(octal(0o600, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(body.length, 12), 124);
  header.write(octal(Math.floor(at / 1000), 12), 136);
  header.write('0', 156);
  header.write('ustar\0', 257);
  header.write('00', 263);
  header.write(`${octal(sumOf(header), 7)} `, SUM_AT);
  const rest = (BLOCK - (body.length % BLOCK)) % BLOCK;
  return Buffer.concat([header, body, Buffer.alloc(rest)]);
}

/** What ends an archive. */
export const TAR_END = Buffer.alloc(2 * BLOCK);

export type TarEntry = { readonly name: string; readonly body: Buffer };

/** Bytes as they are asked for, from parts as they come. */
class Supply {
  readonly #parts: AsyncIterator<Buffer>;
  #held: Buffer[] = [];
  #size = 0;

  constructor(source: AsyncIterable<Buffer>) {
    this.#parts = source[Symbol.asyncIterator]();
  }

  /** So many bytes; fewer only where the source ends. */
  async take(length: number): Promise<Buffer> {
    while (this.#size < length) {
      const { value, done } = await this.#parts.next();
      if (done) break;
      this.#held.push(value);
      this.#size += value.length;
    }
    const all = Buffer.concat(this.#held);
    const taken = all.subarray(0, length);
    this.#held = [all.subarray(length)];
    this.#size = all.length - taken.length;
    return taken;
  }
}

/**
 * Reads the files of a tar archive, one after the other; each is held whole, so it may have `largest` bytes at most.
 * @throws AppError invalid when it is no archive, was cut off, or holds anything but plain files.
 */
export async function* readTar(source: AsyncIterable<Buffer>, largest: number): AsyncGenerator<TarEntry> {
  const supply = new Supply(source);
  for (;;) {
    const header = await supply.take(BLOCK);
    if (header.length < BLOCK) throw cutOff();
    if (header.every((byte) => byte === 0)) return;
    const { name, size } = readHeader(header);
    if (size > largest) throw new AppError('invalid', `This is no backup of Gloss: ${name} is too large.`);
    const body = await supply.take(size);
    const rest = (BLOCK - (size % BLOCK)) % BLOCK;
    if (body.length < size || (await supply.take(rest)).length < rest) throw cutOff();
    yield { name, body };
  }
}

const cutOff = () => new AppError('invalid', 'The backup ends too early: it was cut off. Use another one.');

function readHeader(header: Buffer): { name: string; size: number } {
  const word = (from: number, length: number) =>
    header.toString('latin1', from, from + length).replace(/[\0 ].*$/s, '');
  const sum = Number.parseInt(word(SUM_AT, SUM_LENGTH), 8);
  const size = Number.parseInt(word(124, 12), 8);
  const plain = word(156, 1) === '0' && word(257, 5) === 'ustar';
  if (!plain || sum !== sumOf(header) || !Number.isSafeInteger(size))
    throw new AppError('invalid', 'This is no backup of Gloss, or it was damaged.');
  return { name: word(0, 100), size };
}
