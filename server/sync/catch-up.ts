import type { StoredNote } from '../../lib/notes/note-sync';
import type { ClientRecord } from '../../lib/update-gate/client-owners';

/** What catching up needs of the room and of the log. */
export type CatchUpSteps = {
  /** Whether the room has a document that rows can be applied to now. */
  isReady(): boolean;
  /** The rows with these numbers that still stand in the log. */
  readRows(
    seqs: readonly number[],
  ): Promise<{ updates: readonly Uint8Array[]; clients: readonly ClientRecord[] }[]>;
  /** The whole note as it is stored. */
  readAll(): Promise<StoredNote>;
  /** Takes committed content in. Answers whether part of it builds on what is missing. */
  apply(stored: StoredNote): { gap: boolean };
  /** The log could not be read; it will be tried again. */
  failed(error: unknown): void;
};

const AGAIN_MS = 1_000;

/**
 * Fetches what other processes committed. Rows are asked for by number, not "after the last": numbers are
 * not given out in commit order. Taking the same row twice does no harm.
 */
export class CatchUp {
  readonly #steps: CatchUpSteps;
  #wanted = new Set<number>();
  #wantAll = false;
  #running = false;

  constructor(steps: CatchUpSteps) {
    this.#steps = steps;
  }

  /** These rows were committed elsewhere. */
  want(seqs: readonly number[]): void {
    for (const seq of seqs) this.#wanted.add(seq);
    void this.run();
  }

  /** Anything may have been committed elsewhere. */
  wantAll(): void {
    this.#wantAll = true;
    void this.run();
  }

  /** Goes on with what is wanted, if the room is ready; never rejects. */
  async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      while (this.#steps.isReady() && (this.#wantAll || this.#wanted.size > 0)) await this.#fetch();
    } catch (error) {
      this.#wantAll = true;
      this.#steps.failed(error);
      setTimeout(() => void this.run(), AGAIN_MS).unref();
    } finally {
      this.#running = false;
    }
  }

  async #fetch(): Promise<void> {
    const seqs = [...this.#wanted];
    const all = this.#wantAll;
    this.#wanted.clear();
    this.#wantAll = false;
    const stored = await this.#read(all, seqs);
    // A room that is being rebuilt meanwhile reads the log itself.
    if (!this.#steps.isReady()) return;
    const { gap } = this.#steps.apply(stored);
    if (gap && !all) this.#wantAll = true;
  }

  async #read(all: boolean, seqs: readonly number[]): Promise<StoredNote> {
    const rows = all ? [] : await this.#steps.readRows(seqs);
    // A row that is gone was merged into the snapshot before we came for it.
    if (all || rows.length < seqs.length) return this.#steps.readAll();
    return {
      snapshot: null,
      updates: rows.flatMap((row) => row.updates),
      clients: rows.flatMap((row) => row.clients),
    };
  }
}
