import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { AppError } from '../../lib/errors';

function tooLarge(most: number): AppError {
  const size = most >= 1024 * 1024 ? `${Math.floor(most / 1024 / 1024)} MB` : `${Math.floor(most / 1024)} kB`;
  return new AppError(
    'too-large',
    `This page is larger than ${size}. Paste the part of its text that you need instead.`,
    {
      details: { reason: 'too-large', maxBytes: most },
    },
  );
}

/** Thrown to leave a stream whose rest is not wanted. */
const ENOUGH = new Error('enough was read');

/** Collects bytes, and stops the stream as soon as there are more than `most`. */
function collector(
  most: number,
  past: 'refuse' | 'cut',
): {
  chunks: Uint8Array[];
  take: (from: AsyncIterable<Uint8Array>) => Promise<void>;
} {
  const chunks: Uint8Array[] = [];
  let size = 0;
  return {
    chunks,
    async take(from) {
      for await (const chunk of from) {
        size += chunk.byteLength;
        if (size > most && past === 'refuse') throw tooLarge(most);
        chunks.push(size > most ? chunk.subarray(0, chunk.byteLength - (size - most)) : chunk);
        if (size > most) throw ENOUGH;
      }
    },
  };
}

type Take = (from: AsyncIterable<Uint8Array>) => Promise<void>;
const plain = (body: Readable, take: Take) => pipeline(body, take);
const gzip = (body: Readable, take: Take) => pipeline(body, createGunzip(), take);
const UNPACK = new Map([
  ['', plain],
  ['identity', plain],
  ['gzip', gzip],
  ['x-gzip', gzip],
]);

/**
 * The bytes of an answer's body, inflated. They are counted while they are inflated, so that a small body that unpacks
 * to a huge one is left at the limit; the rest is cut off where that was asked for.
 * @throws AppError `too-large` past `most` bytes; `unsupported` for another encoding than gzip.
 */
export async function readBody(
  body: Readable,
  encoding: string,
  most: number,
  past: 'refuse' | 'cut' = 'refuse',
): Promise<Uint8Array> {
  const name = encoding.trim().toLowerCase();
  const { chunks, take } = collector(most, past);
  const unpack = UNPACK.get(name);
  if (unpack === undefined)
    throw new AppError(
      'unsupported',
      `The site packs its answer in a way that is not read here (${name.slice(0, 40)}). Open it in your browser and paste its text instead.`,
      { details: { reason: 'encoding' } },
    );
  try {
    await unpack(body, take);
  } catch (error) {
    if (error !== ENOUGH) throw error;
  }
  return Buffer.concat(chunks);
}
