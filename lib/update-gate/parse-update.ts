import { LIMITS, MAX_CLIENT, MAX_CLOCK } from './limits';
import { isForbiddenName, readJsonValue, readPlainValue } from './plain-value';
import { Refusal } from './refusal';
import { KIND, Struct, TYPE } from './struct';
import { UpdateReader } from './update-reader';

/** The structs of one client in an update, in the order of their clocks. */
export type Section = { readonly client: number; readonly structs: readonly Struct[] };

export type ParsedUpdate = {
  readonly bytes: Uint8Array;
  readonly sections: readonly Section[];
  /** Where the deletions begin in the bytes. */
  readonly deletionsFrom: number;
  /** Deleted ranges, three numbers each: the client, the first clock, the clock after the last. */
  readonly deletions: readonly number[];
};

/**
 * Reads an update in version 1 of Yjs' encoding without a document. Memory goes with the bytes that are there, never
 * with a number they declare. What comes from our own store may be of any size. @throws Refusal
 */
export function parseUpdate(bytes: Uint8Array, isStored = false): ParsedUpdate {
  if (!isStored && bytes.length > LIMITS.bytes) throw new Refusal('too large');
  const reader = new UpdateReader(bytes, isStored ? bytes.length : LIMITS.entries);
  const sections: Section[] = [];
  // A section is three numbers and a struct; a struct is two bytes at least.
  for (let left = reader.count(3); left > 0; left--) sections.push(readSection(reader));
  const deletionsFrom = reader.at;
  const deletions = readDeletions(reader);
  if (reader.left > 0) throw new Refusal('longer than it says');
  return { bytes, sections, deletionsFrom, deletions };
}

function readSection(reader: UpdateReader): Section {
  const count = reader.count(2);
  const client = reader.number(MAX_CLIENT);
  let clock = reader.number(MAX_CLOCK);
  const structs: Struct[] = [];
  for (let index = 0; index < count; index++) {
    const struct = readStruct(reader, client, clock);
    if (struct.length === 0) throw new Refusal('a length of nothing');
    if (struct.end > MAX_CLOCK) throw new Refusal('a number that is too large or not in its shortest form');
    structs.push(struct);
    clock = struct.end;
  }
  return { client, structs };
}

const HAS_LEFT = 0x80;
const HAS_RIGHT = 0x40;
const HAS_KEY = 0x20;

function readStruct(reader: UpdateReader, client: number, clock: number): Struct {
  const from = reader.at;
  const info = reader.byte();
  if (info === KIND.gc || info === KIND.skip) {
    const struct = new Struct(info, client, clock, from);
    struct.length = reader.number(MAX_CLOCK);
    struct.to = reader.at;
    return struct;
  }
  const struct = new Struct(kindOf(info & 0x1f), client, clock, from);
  if ((info & HAS_LEFT) !== 0) {
    struct.leftClient = reader.number(MAX_CLIENT);
    struct.leftClock = reader.number(MAX_CLOCK);
  }
  if ((info & HAS_RIGHT) !== 0) {
    struct.rightClient = reader.number(MAX_CLIENT);
    struct.rightClock = reader.number(MAX_CLOCK);
  }
  if ((info & (HAS_LEFT | HAS_RIGHT)) === 0) readParent(reader, struct, (info & HAS_KEY) !== 0);
  readContent(reader, struct);
  struct.to = reader.at;
  return struct;
}

function kindOf(number: number): Struct['kind'] {
  switch (number) {
    case KIND.deleted:
    case KIND.string:
    case KIND.embed:
    case KIND.format:
    case KIND.type:
    case KIND.any:
      return number;
  }
  throw new Refusal('a struct of a kind that is not taken');
}

function readParent(reader: UpdateReader, struct: Struct, hasKey: boolean): void {
  if (reader.number(1) === 1) {
    struct.root = reader.string(LIMITS.name);
  } else {
    struct.parentClient = reader.number(MAX_CLIENT);
    struct.parentClock = reader.number(MAX_CLOCK);
  }
  if (!hasKey) return;
  struct.key = reader.string(LIMITS.name);
  if (isForbiddenName(struct.key)) throw new Refusal('an attribute that is not allowed');
}

function readContent(reader: UpdateReader, struct: Struct): void {
  struct.length = 1;
  switch (struct.kind) {
    case KIND.deleted:
      struct.length = reader.number(MAX_CLOCK);
      return;
    case KIND.string:
      struct.length = reader.text();
      return;
    case KIND.embed:
      struct.values = [readJsonValue(reader)];
      return;
    case KIND.format:
      struct.name = reader.string(LIMITS.name);
      struct.values = [readJsonValue(reader)];
      return;
    case KIND.type: {
      const type = reader.number(0xff);
      if (type === TYPE.element) struct.name = reader.string(LIMITS.name);
      else if (type !== TYPE.text) throw new Refusal('a struct of a kind that is not taken');
      // The names of elements tell them from text.
      if (type === TYPE.element && struct.name === '') throw new Refusal('content where it cannot stand');
      return;
    }
    case KIND.any: {
      const count = reader.count(1);
      const values: unknown[] = [];
      for (let index = 0; index < count; index++) values.push(readPlainValue(reader));
      struct.values = values;
      struct.length = count;
    }
  }
}

function readDeletions(reader: UpdateReader): number[] {
  const deletions: number[] = [];
  for (let clients = reader.count(2); clients > 0; clients--) {
    const client = reader.number(MAX_CLIENT);
    for (let ranges = reader.count(2); ranges > 0; ranges--) {
      const clock = reader.number(MAX_CLOCK);
      const length = reader.number(MAX_CLOCK);
      if (length === 0) throw new Refusal('a length of nothing');
      if (clock + length > MAX_CLOCK) {
        throw new Refusal('a number that is too large or not in its shortest form');
      }
      deletions.push(client, clock, clock + length);
    }
  }
  return deletions;
}
