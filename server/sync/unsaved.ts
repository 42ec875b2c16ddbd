import * as Y from 'yjs';
import { type LogRow, MAX_APPEND } from '../../db/note-log';
import type { NoteKey } from '../../lib/access/note-key';

/** Merging costs more than linearly, so only so many updates become one row. */
const MAX_MERGED = 100;

/** The updates of a room that wait to be written, in the order they were taken in. */
export class UnsavedUpdates {
  #updates: { update: Uint8Array; userId: string }[] = [];
  #bytes = 0;

  get isEmpty(): boolean {
    return this.#updates.length === 0;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(update: Uint8Array, userId: string): void {
    this.#updates.push({ update, userId });
    this.#bytes += update.byteLength;
  }

  /**
   * Takes the oldest as rows, one a person, for who wrote what is kept. They must be committed together:
   * an update may build on one that went into another person's row. What does not fit stays.
   */
  takeRows(key: NoteKey): LogRow[] {
    const groups = new Map<string, Uint8Array[][]>();
    let rows = 0;
    let taken = 0;
    for (const { update, userId } of this.#updates) {
      const own = groups.get(userId) ?? [];
      groups.set(userId, own);
      const last = own.at(-1);
      if (last && last.length < MAX_MERGED) last.push(update);
      else if (rows === MAX_APPEND) break;
      else {
        own.push([update]);
        rows++;
      }
      taken++;
      this.#bytes -= update.byteLength;
    }
    this.#updates.splice(0, taken);
    return [...groups].flatMap(([userId, merged]) =>
      merged.map((updates) => ({ key, userId, update: mergeFew(updates) })),
    );
  }
}

function mergeFew(updates: readonly Uint8Array[]): Uint8Array {
  const [only] = updates;
  return updates.length === 1 && only ? only : Y.mergeUpdates([...updates]);
}
