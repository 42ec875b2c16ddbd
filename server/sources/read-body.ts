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

/** Collects bytes, and stops the stream as soon as there are more than `most`. */
function collector(most: number): {
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
        if (size > most) throw tooLarge(most);
        chunks.push(chunk);
      }
    },
  };
}

/**
 * The bytes of an answer's body, inflated. They are counted while they are inflated, so that a small body that unpacks
 * to a huge one is left at the limit.
 * @throws AppError `too-large` past `most` bytes; `unsupported` for another encoding than gzip.
 */
export async function readBody(body: Readable, encoding: string, most: number): Promise<Uint8Array> {
  const name = encoding.trim().toLowerCase();
  const { chunks, take } = collector(most);
  if (name === '' || name === 'identity') await pipeline(body, take);
  else if (name === 'gzip' || name === 'x-gzip') await pipeline(body, createGunzip(), take);
  else
    throw new AppError(
      'unsupported',
      `The site packs its answer in a way that is not read here (${name.slice(0, 40)}). Open it in your browser and paste its text instead.`,
      { details: { reason: 'encoding' } },
    );
  return Buffer.concat(chunks);
}
