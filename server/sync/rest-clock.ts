import type { Timings } from './timings';

/** Notices when a note has come to rest, and who changed it since it last did. */
export class RestClock {
  readonly #timings: Pick<Timings, 'rest' | 'restAtLatest'>;
  readonly #onRest: () => void;
  #writers = new Set<string>();
  #first = 0;
  #last = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(timings: Pick<Timings, 'rest' | 'restAtLatest'>, onRest: () => void) {
    this.#timings = timings;
    this.#onRest = onRest;
  }

  /** This person changed the note just now. */
  touch(userId: string): void {
    this.#last = performance.now();
    if (this.#writers.size === 0) this.#first = this.#last;
    this.#writers.add(userId);
    this.#timer ??= setTimeout(() => this.#look(), this.#timings.rest);
  }

  /** Who changed the note since the last call; from now on it counts as told. */
  takeWriters(): string[] {
    const writers = [...this.#writers];
    this.#writers.clear();
    this.stop();
    return writers;
  }

  /** Telling failed: these still have to be told with the next change, or when the room closes. */
  giveBack(writers: readonly string[]): void {
    if (this.#writers.size === 0) this.#first = performance.now();
    for (const writer of writers) this.#writers.add(writer);
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #look(): void {
    this.#timer = null;
    const due = Math.min(this.#last + this.#timings.rest, this.#first + this.#timings.restAtLatest);
    const wait = due - performance.now();
    if (wait > 0) this.#timer = setTimeout(() => this.#look(), wait);
    else this.#onRest();
  }
}
