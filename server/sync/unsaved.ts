import type { LogEntry } from '../../lib/notes/update-pack';
import type { Sheet } from './journal';

/** A row is one value in Postgres and is read whole: what is more waits for the next batch. */
const MAX_ROW_BYTES = 4 * 1024 * 1024;

/** An update that is not committed, and where the journal has it. */
export type Unsaved = LogEntry & { readonly sheet?: Sheet | null };

/** The updates of a room that wait to be written, in the order they were taken in. */
export class UnsavedUpdates {
  #entries: Unsaved[] = [];
  #bytes = 0;

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(entry: Unsaved): void {
    this.#entries.push(entry);
    this.#bytes += entry.update.byteLength;
  }

  /** Takes the oldest, as many as one row may hold. */
  take(): { entries: readonly Unsaved[]; bytes: number } {
    if (this.#bytes <= MAX_ROW_BYTES) {
      const all = { entries: this.#entries, bytes: this.#bytes };
      this.#entries = [];
      this.#bytes = 0;
      return all;
    }
    let bytes = 0;
    let count = 0;
    for (const { update } of this.#entries) {
      if (count > 0 && bytes + update.byteLength > MAX_ROW_BYTES) break;
      bytes += update.byteLength;
      count++;
    }
    this.#bytes -= bytes;
    return { entries: this.#entries.splice(0, count), bytes };
  }
}
