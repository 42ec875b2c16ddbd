import type { Database } from '../../db/client';
import { compactNote } from '../../db/note-log';
import type { NoteKey } from '../../lib/access/note-key';
import type { Log } from './log';
import type { NoteAtRest } from './note-document';
import { RestClock } from './rest-clock';
import type { Timings } from './timings';

const COMPACT_ROWS = 200;
const COMPACT_BYTES = 512 * 1024;

/** What a note holds when it comes to rest, and who changed it since the last time. */
export type Rest = NoteAtRest & { readonly userIds: readonly string[] };

export type RestServices = {
  readonly db: Database;
  readonly log: Log;
  readonly timings: Timings;
  onRest(key: NoteKey, rest: Rest): Promise<void>;
};

export type RestSteps = {
  /** Resolves when the room is open and all it has passed on is committed. */
  settled(): Promise<void>;
  /** What the note holds now; null when there is no document to look at. */
  content(): NoteAtRest | null;
};

/** What is done with a note when its writers pause: its text is kept, and a long log made short. */
export class RoomRest {
  readonly #key: NoteKey;
  readonly #services: RestServices;
  readonly #steps: RestSteps;
  readonly #clock: RestClock;
  #tail = { rows: 0, bytes: 0 };
  #running: Promise<void> = Promise.resolve();

  constructor(key: NoteKey, services: RestServices, steps: RestSteps) {
    this.#key = key;
    this.#services = services;
    this.#steps = steps;
    this.#clock = new RestClock(services.timings, () => void this.run());
  }

  touch(userId: string): void {
    this.#clock.touch(userId);
  }

  /** The log of the note was just read, and is so long. */
  setTail(rows: number, bytes: number): void {
    this.#tail = { rows, bytes };
  }

  /** So many rows and bytes were appended to the log. */
  grow(rows: number, bytes: number): void {
    this.#tail.rows += rows;
    this.#tail.bytes += bytes;
  }

  stop(): void {
    this.#clock.stop();
  }

  /**
   * Rests now, after the rest that is under way; a note that is put away is left as one snapshot, which is quick to
   * open. Never rejects.
   */
  run({ putAway = false } = {}): Promise<void> {
    this.#running = this.#running.then(async () => {
      const userIds = this.#clock.takeWriters();
      await this.#steps.settled();
      await this.#tell(userIds);
      await this.#compact(putAway);
    });
    return this.#running;
  }

  async #tell(userIds: readonly string[]): Promise<void> {
    if (userIds.length === 0) return;
    try {
      const content = this.#steps.content();
      if (content !== null) await this.#services.onRest(this.#key, { ...content, userIds });
    } catch (error) {
      this.#clock.giveBack(userIds);
      this.#services.log.error({ err: error, noteId: this.#key.noteId }, 'the text of a note was not kept');
    }
  }

  async #compact(putAway: boolean): Promise<void> {
    const isShort = this.#tail.rows <= COMPACT_ROWS && this.#tail.bytes <= COMPACT_BYTES;
    if (putAway ? this.#tail.rows === 0 : isShort) return;
    // Also when it fails: the next try comes after as many rows again, not at every pause.
    this.#tail = { rows: 0, bytes: 0 };
    try {
      await compactNote(this.#services.db, this.#key);
    } catch (error) {
      this.#services.log.error(
        { err: error, noteId: this.#key.noteId },
        'the log of a note was not shortened',
      );
    }
  }
}
