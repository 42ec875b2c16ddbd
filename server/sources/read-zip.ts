import { crc32, inflateRawSync } from 'node:zlib';
import { AppError } from '../../lib/errors';

const MOST_ENTRIES = 10_000;
const MOST_BYTES = 500 * 1_048_576;
/** Bytes that one packed byte may become; below that size nobody asks. */
const MOST_RATIO = 100;
const SMALL = 1_048_576;

const refuse = (why: string): never => {
  throw new AppError('invalid', `This archive can’t be taken in: ${why}`);
};

type Entry = {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
};

/** Where the end of the archive's list is told, looked for from its end (APPNOTE 4.3.16). */
function findEnd(file: Buffer): number {
  for (let at = file.length - 22; at >= Math.max(0, file.length - 65_557); at -= 1)
    if (file.readUInt32LE(at) === 0x06054b50) return at;
  return refuse('it has no end, and is cut off or no ZIP.');
}

function mustBeOwnName(name: string): void {
  const isOutside = name.split('/').includes('..') || /^[/\\]|^[A-Za-z]:|\\|\0/.test(name);
  if (isOutside) refuse(`“${name.replaceAll('\0', '').slice(0, 80)}” leads out of it.`);
}

function readEntry(file: Buffer, at: number): { entry: Entry; next: number } {
  if (at + 46 > file.length || file.readUInt32LE(at) !== 0x02014b50) refuse('its list of files is broken.');
  const flags = file.readUInt16LE(at + 8);
  const [nameSize, extra, comment] = [28, 30, 32].map((offset) => file.readUInt16LE(at + offset)) as [
    number,
    number,
    number,
  ];
  const name = file.toString('utf8', at + 46, at + 46 + nameSize);
  mustBeOwnName(name);
  if (flags & 1) refuse(`“${name}” is locked with a password.`);
  if (file.readUInt32LE(at + 38) >>> 28 === 0xa) refuse(`“${name}” is a link.`);
  const entry: Entry = {
    name,
    method: file.readUInt16LE(at + 10),
    crc: file.readUInt32LE(at + 16),
    packed: file.readUInt32LE(at + 20),
    size: file.readUInt32LE(at + 24),
    at: file.readUInt32LE(at + 42),
  };
  return { entry, next: at + 46 + nameSize + extra + comment };
}

/** The files of an archive as its list has them, checked before anything is unpacked. */
function listEntries(file: Buffer): Entry[] {
  const end = findEnd(file);
  const count = file.readUInt16LE(end + 10);
  if (count > MOST_ENTRIES) refuse(`it has more than ${MOST_ENTRIES} files.`);
  const entries: Entry[] = [];
  const names = new Set<string>();
  let total = 0;
  let at = file.readUInt32LE(end + 16);
  for (let nth = 0; nth < count; nth += 1) {
    const { entry, next } = readEntry(file, at);
    at = next;
    const { name, size, packed } = entry;
    if (names.has(name.toLowerCase())) refuse(`“${name}” is in it twice.`);
    names.add(name.toLowerCase());
    total += size;
    if (total > MOST_BYTES) refuse('unpacked it is larger than 500 MiB.');
    // Files that share their bytes each look honest; together they are more than the archive can hold.
    if (total > SMALL && total > file.length * MOST_RATIO)
      refuse(`it unpacks to more than ${MOST_RATIO} times its size.`);
    if (size > SMALL && size > packed * MOST_RATIO)
      refuse(`“${name}” unpacks to more than ${MOST_RATIO} times its size.`);
    entries.push(entry);
  }
  return entries;
}

function unpack(file: Buffer, { name, method, crc, packed, size, at }: Entry): Uint8Array {
  if (at + 30 > file.length || file.readUInt32LE(at) !== 0x04034b50)
    refuse(`“${name}” is not where its list says.`);
  const from = at + 30 + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28);
  if (from + packed > file.length) refuse(`“${name}” is cut off.`);
  const held = file.subarray(from, from + packed);
  if (method !== 0 && method !== 8) refuse(`“${name}” is packed in a way that is not known.`);
  let bytes: Uint8Array;
  try {
    bytes = method === 0 ? held : inflateRawSync(held, { maxOutputLength: Math.max(1, size) });
  } catch (cause) {
    throw new AppError(
      'invalid',
      `This archive can’t be taken in: “${name}” is broken, or larger than it says.`,
      { cause },
    );
  }
  if (bytes.byteLength !== size) refuse(`“${name}” is not as large as it says.`);
  if (crc32(bytes) !== crc) refuse(`“${name}” is damaged.`);
  return bytes;
}

/** The files of an archive by name, each with its size in bytes and a way to unpack it. */
export type OpenZip = ReadonlyMap<string, { readonly size: number; readonly unpack: () => Uint8Array }>;

/**
 * Opens an archive that is not trusted, so that only what is needed is unpacked, in memory; archives in it stay packed.
 * @throws AppError invalid, before anything is unpacked, where names, numbers or sizes are not those of an honest
 * archive; so does `unpack`, where a file is not what the list says of it.
 */
export function openZip(bytes: Uint8Array): OpenZip {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const files = listEntries(file).filter(({ name }) => !name.endsWith('/'));
  return new Map(files.map((entry) => [entry.name, { size: entry.size, unpack: () => unpack(file, entry) }]));
}

/** Unpacks all of an archive that is not trusted. @throws AppError invalid as `openZip` does. */
export function readZip(bytes: Uint8Array): Map<string, Uint8Array> {
  return new Map([...openZip(bytes)].map(([name, entry]) => [name, entry.unpack()]));
}
