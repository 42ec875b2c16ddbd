import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** One Yjs update (version 1) and who made it; null when it was the program itself. */
export type LogEntry = {
  readonly update: Uint8Array;
  readonly userId: string | null;
  /** The client ids it uses for the first time: they become its user's. */
  readonly claims?: readonly Claim[];
};

/**
 * A client id that becomes a user's; `announced` when their page said itself that it writes under it. `from` is the user
 * it is taken from, who had only passed it on; without it the id must be nobody's yet.
 */
export type Claim = {
  readonly clientId: number;
  readonly announced: boolean;
  readonly from?: string | null;
};

/**
 * Several updates as the bytes of one log row, in the order they were taken in. They are laid side by side, not
 * merged: merging costs hundreds of times more than it saves, at writing and again at reading
 * (see docs/decisions on the note log). Before each stand its writer, as a place in `userIds` counted from 1, with 0 for
 * the program, and its length, both as variable-length numbers.
 */
export function writePack(entries: readonly LogEntry[]): { bytes: Uint8Array; userIds: string[] } {
  const places = new Map<string, number>();
  const encoder = encoding.createEncoder();
  for (const { update, userId } of entries) {
    let place = 0;
    if (userId !== null) {
      place = places.get(userId) ?? places.size + 1;
      places.set(userId, place);
    }
    encoding.writeVarUint(encoder, place);
    encoding.writeVarUint8Array(encoder, update);
  }
  return { bytes: encoding.toUint8Array(encoder), userIds: [...places.keys()] };
}

/** Takes a row that `writePack` made apart again. @throws Error when the bytes are cut short. */
export function readPack(bytes: Uint8Array, userIds: readonly string[]): LogEntry[] {
  const decoder = decoding.createDecoder(bytes);
  const entries: LogEntry[] = [];
  while (decoding.hasContent(decoder)) {
    const place = decoding.readVarUint(decoder);
    const length = decoding.readVarUint(decoder);
    if (length > bytes.length - decoder.pos) throw new Error('A row of the note log is cut short');
    const update = bytes.subarray(decoder.pos, decoder.pos + length);
    decoder.pos += length;
    entries.push({ update, userId: place === 0 ? null : (userIds[place - 1] ?? null) });
  }
  return entries;
}
