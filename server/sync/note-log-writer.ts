import { setTimeout as delay } from 'node:timers/promises';
import { type LogRow, MAX_APPEND } from '../../db/note-log';
import type { Log } from './log';

/** What a room hands over for one batch. */
export type Portion = {
  /** Null when there is nothing to write, only somebody to tell. */
  readonly row: LogRow | null;
  /** Called when the row, and all the room handed over before, is committed. Must not throw. */
  saved(): void;
};

/** A room, as far as the writer goes. */
export type LogSource = {
  /** Takes what waits to be written. The writer keeps it until it is committed. */
  take(): Portion;
  /** The database will never take what this room wrote. */
  refused(error: unknown): void;
};

type Handed = { readonly source: LogSource; readonly portion: Portion };

const MAX_BACKOFF_MS = 2_000;

/** Postgres looked at the data and said no (classes 22 data and 23 constraints): trying again is no use. */
function isRefusal(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return /^2[23]/.test(cause.code);
  }
  return false;
}

/**
 * Writes the logs of all rooms of a process: what comes in within a few ms goes into one statement, one
 * batch after the other, each tried until it is committed. Order is therefore kept, within a note and
 * between notes.
 */
export class NoteLogWriter {
  readonly #append: (rows: readonly LogRow[]) => Promise<unknown>;
  readonly #batchMs: number;
  readonly #log: Log;
  readonly #waiting = new Set<LogSource>();
  readonly #writing = new Set<LogSource>();
  readonly #stop = new AbortController();
  #lost = 0;
  #running: Promise<void> | null = null;
  #round: Promise<void> = Promise.resolve();

  constructor(append: (rows: readonly LogRow[]) => Promise<unknown>, batchMs: number, log: Log) {
    this.#append = append;
    this.#batchMs = batchMs;
    this.#log = log;
  }

  /** This room has something to write, or somebody to tell once all before is written. */
  add(source: LogSource): void {
    if (this.#stop.signal.aborted) return;
    this.#waiting.add(source);
    this.#running ??= this.#run();
  }

  /** Nothing is written any more. */
  get isClosed(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Whether something of this room is not committed yet. */
  isBusy(source: LogSource): boolean {
    return this.#waiting.has(source) || this.#writing.has(source);
  }

  /** Resolves when all this room handed over is committed, or was given up. */
  async idle(source: LogSource): Promise<void> {
    while (this.isBusy(source)) await this.#round;
  }

  /** Gives up what could not be written within so many ms. Answers how many rooms that are. */
  async close(ms: number): Promise<number> {
    const timer = setTimeout(() => this.#stop.abort(), ms);
    await this.#running;
    clearTimeout(timer);
    this.#stop.abort();
    return this.#lost;
  }

  async #run(): Promise<void> {
    while (this.#waiting.size > 0 && !this.#stop.signal.aborted) {
      const round = Promise.withResolvers<void>();
      this.#round = round.promise;
      await delay(this.#batchMs);
      for (const batch of this.#gather()) await this.#write(batch);
      if (this.#stop.signal.aborted) {
        this.#lost = new Set([...this.#writing, ...this.#waiting]).size;
        this.#waiting.clear();
      }
      this.#writing.clear();
      round.resolve();
    }
    this.#running = null;
  }

  /** Takes what waits, one row a room. */
  #gather(): Handed[][] {
    const batches: Handed[][] = [[]];
    let rows = 0;
    for (const source of this.#waiting) {
      this.#writing.add(source);
      const portion = this.#take(source);
      if (portion === null) continue;
      if (portion.row !== null && ++rows > MAX_APPEND) {
        batches.push([]);
        rows = 1;
      }
      batches.at(-1)?.push({ source, portion });
    }
    this.#waiting.clear();
    return batches;
  }

  #take(source: LogSource): Portion | null {
    try {
      return source.take();
    } catch (error) {
      this.#refuse(source, error);
      return null;
    }
  }

  async #write(batch: readonly Handed[]): Promise<void> {
    const rows = batch.flatMap(({ portion }) => portion.row ?? []);
    for (let attempt = 0; rows.length > 0; attempt++) {
      if (this.#stop.signal.aborted) return;
      try {
        await this.#append(rows);
        break;
      } catch (error) {
        if (isRefusal(error)) return this.#writeApart(batch, error);
        this.#log.error({ err: error, attempt, rows: rows.length }, 'notes could not be saved yet');
        // Rejects when the writer is closed, which ends the wait and then the loop.
        await delay(Math.min(MAX_BACKOFF_MS, 50 * 2 ** attempt), null, { signal: this.#stop.signal }).catch(
          () => null,
        );
      }
    }
    for (const { source, portion } of batch) {
      this.#writing.delete(source);
      portion.saved();
    }
  }

  /** One room's rows were refused: the others must not suffer for it. */
  async #writeApart(batch: readonly Handed[], error: unknown): Promise<void> {
    const [only] = batch;
    if (batch.length === 1 && only) return this.#refuse(only.source, error);
    for (const handed of batch) await this.#write([handed]);
  }

  #refuse(source: LogSource, error: unknown): void {
    this.#writing.delete(source);
    this.#log.error({ err: error }, 'a note was refused by the database');
    source.refused(error);
  }
}
