import type { Arrangement, Progress } from './arrangement';
import type { Deletions } from './deletions';
import type { ParsedUpdate } from './parse-update';
import { KIND, type Struct } from './struct';

/**
 * The part of an update that stands, as an update; null when nothing is left of it. It may be stored and passed on in
 * the place of the whole. What stands in something that is deleted for good is written as deleted for good itself: a
 * document that still knows what was there would find it a place.
 */
export function partOfUpdate(
  update: ParsedUpdate,
  { progress, hasGone }: Pick<Arrangement, 'progress' | 'hasGone'>,
  deletions: Deletions,
): Uint8Array | null {
  if (!hasGone && !deletions.isPart && progress.every(isWhole)) {
    return progress.length === 0 && deletions.ranges.length === 0 ? null : update.bytes;
  }
  const kept = progress.filter((one) => one.next > one.first);
  if (kept.length === 0 && deletions.ranges.length === 0) return null;
  const parts: Uint8Array[] = [numbers([kept.length])];
  for (const { section, first, next } of kept) {
    const from = section.structs[first];
    const last = section.structs[next - 1];
    if (from === undefined || last === undefined) continue;
    parts.push(numbers([next - first, section.client, from.clock]));
    if (hasGone) parts.push(...structsAsBytes(update.bytes, section.structs.slice(first, next)));
    else parts.push(update.bytes.subarray(from.from, last.to));
  }
  parts.push(
    deletions.isPart ? rangesAsBytes(deletions.ranges) : update.bytes.subarray(update.deletionsFrom),
  );
  return join(parts);
}

const isWhole = ({ section, first, next }: Progress) =>
  first === 0 && next === section.structs.length && next > 0;

function structsAsBytes(bytes: Uint8Array, structs: readonly Struct[]): Uint8Array[] {
  return structs.map((struct) =>
    struct.holder === null ? numbers([KIND.gc, struct.length]) : bytes.subarray(struct.from, struct.to),
  );
}

function rangesAsBytes(ranges: readonly number[]): Uint8Array {
  const byClient = new Map<number, number[]>();
  for (let at = 0; at < ranges.length; at += 3) {
    const [client, clock, end] = [ranges[at] ?? 0, ranges[at + 1] ?? 0, ranges[at + 2] ?? 0];
    const list = byClient.get(client) ?? [];
    list.push(clock, end - clock);
    byClient.set(client, list);
  }
  const all = [byClient.size];
  for (const [client, list] of byClient) {
    all.push(client, list.length / 2);
    for (const number of list) all.push(number);
  }
  return numbers(all);
}

/** Numbers as lib0 writes them: seven bits a byte, the lowest first. */
function numbers(values: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  for (const value of values) {
    let rest = value;
    while (rest > 0x7f) {
      bytes.push((rest % 128) | 0x80);
      rest = Math.floor(rest / 128);
    }
    bytes.push(rest);
  }
  return Uint8Array.from(bytes);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
