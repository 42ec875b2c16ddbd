import { LIMITS } from './limits';
import { Refusal } from './refusal';
import type { UpdateReader } from './update-reader';

/** Names that would reach into every object of the program that reads the note. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

export function isForbiddenName(name: string): boolean {
  return FORBIDDEN.has(name);
}

/** A value in the form lib0 calls "any": null, booleans, numbers, text, and lists and objects of them. */
export function readPlainValue(reader: UpdateReader, depth = 0): unknown {
  const kind = reader.byte();
  switch (kind) {
    case 127:
      return undefined;
    case 126:
      return null;
    case 125:
      return readSigned(reader);
    case 124:
      return readFloat(reader, 4);
    case 123:
      return readFloat(reader, 8);
    case 121:
      return false;
    case 120:
      return true;
    case 119:
      return reader.string(LIMITS.value);
  }
  // Neither large integers (122) nor bytes (116) are anything an editor writes.
  if ((kind !== 118 && kind !== 117) || depth >= LIMITS.valueDepth) {
    throw new Refusal('a value that is not plain');
  }
  return kind === 118 ? readObject(reader, depth) : readList(reader, depth);
}

function readObject(reader: UpdateReader, depth: number): unknown {
  const object: Record<string, unknown> = {};
  const count = reader.count(2);
  for (let index = 0; index < count; index++) {
    const key = reader.string(LIMITS.name);
    if (isForbiddenName(key)) throw new Refusal('a value that is not plain');
    object[key] = readPlainValue(reader, depth + 1);
  }
  return object;
}

function readList(reader: UpdateReader, depth: number): unknown {
  const list: unknown[] = [];
  const count = reader.count(1);
  for (let index = 0; index < count; index++) list.push(readPlainValue(reader, depth + 1));
  return list;
}

/** A whole number with its sign in the first byte. */
function readSigned(reader: UpdateReader): number {
  const first = reader.byte();
  let value = first & 0x3f;
  let scale = 64;
  let byte = first;
  for (let index = 1; byte >= 0x80; index++) {
    if (index === 5) throw new Refusal('a number that is too large or not in its shortest form');
    byte = reader.byte();
    value += (byte & 0x7f) * scale;
    scale *= 128;
  }
  return (first & 0x40) === 0 ? value : -value;
}

function readFloat(reader: UpdateReader, size: 4 | 8): number {
  const from = reader.at;
  reader.skip(size);
  const view = new DataView(reader.bytes.buffer, reader.bytes.byteOffset + from, size);
  return size === 4 ? view.getFloat32(0) : view.getFloat64(0);
}

/** The value of a mark, which version 1 of the encoding writes as JSON. */
export function readJsonValue(reader: UpdateReader): unknown {
  const text = reader.string(LIMITS.value);
  // What nearly every mark has, and what ends it.
  if (text === '{}') return {};
  if (text === 'null') return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal('a value that is not plain');
  }
  if (!isPlain(value, LIMITS.valueDepth)) throw new Refusal('a value that is not plain');
  return value;
}

function isPlain(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  return Object.entries(value).every(([key, inner]) => !isForbiddenName(key) && isPlain(inner, depth - 1));
}
