import type { NoteKey } from '../../lib/access/note-key';
import type { Claim, LogEntry } from '../../lib/notes/update-pack';
import type { Journal } from './journal';
import type { NoteConnection } from './note-connection';
import type { LogSource, NoteLogWriter, Portion } from './note-log-writer';
import { savedFrame } from './sync-protocol';
import { type Unsaved, UnsavedUpdates } from './unsaved';

/** More than this waits only when the database has been away for long; then nobody may add to it. */
const MAX_UNSAVED_BYTES = 32 * 1024 * 1024;

const NOTHING = { entries: [], owed: new Map<NoteConnection, number>() };

export type RoomLogSteps = {
  /** What the document holds; null while there is none, or none that can be trusted. */
  stateVector(): Uint8Array | null;
  /** So many rows and bytes were committed. */
  appended(rows: number, bytes: number): void;
  /** A socket is to get this, soon. */
  tell(connection: NoteConnection, frame: Buffer): void;
  /** The database will never take what this room wrote. */
  refused(error: unknown): void;
};

/** What a room has passed on but not saved, and whom to tell when it is. */
export class RoomLog implements LogSource {
  readonly #key: NoteKey;
  readonly #writer: NoteLogWriter;
  readonly #journal: Journal | null;
  readonly #steps: RoomLogSteps;
  readonly #unsaved = new UnsavedUpdates();
  /** Sockets to tell, with the number of their messages that will be saved. */
  #owed = new Map<NoteConnection, number>();
  /** What the writer has now. */
  #handed: { entries: readonly Unsaved[]; owed: ReadonlyMap<NoteConnection, number> } = NOTHING;

  constructor(key: NoteKey, writer: NoteLogWriter, journal: Journal | null, steps: RoomLogSteps) {
    this.#key = key;
    this.#writer = writer;
    this.#journal = journal;
    this.#steps = steps;
  }

  get isFull(): boolean {
    return this.#unsaved.bytes > MAX_UNSAVED_BYTES;
  }

  /** Nothing waits or is under way. */
  get isIdle(): boolean {
    return this.#unsaved.isEmpty && !this.#writer.isBusy(this);
  }

  add(update: Uint8Array, userId: string, claims?: readonly Claim[]): void {
    const entry: LogEntry = { update, userId, claims };
    const sheet = this.#journal?.add(this.#key, entry);
    this.#unsaved.add(sheet ? { ...entry, sheet } : entry);
    this.#writer.add(this);
  }

  /** This socket is told when all that came before is saved. */
  owe(connection: NoteConnection): void {
    this.#owed.set(connection, connection.messages);
    this.#writer.add(this);
  }

  forget(connection: NoteConnection): void {
    this.#owed.delete(connection);
  }

  /** The document is there (again): what was owed meanwhile can be told. */
  resume(): void {
    if (this.#owed.size > 0) this.#writer.add(this);
  }

  /** Resolves when all that was added is committed. */
  async settled(): Promise<void> {
    while (!this.isIdle && !this.#writer.isClosed) await this.#writer.idle(this);
  }

  take(): Portion {
    const { entries, bytes } = this.#unsaved.take();
    const row = entries.length > 0 ? { key: this.#key, entries } : null;
    // What does not fit is not saved by this portion, and half an update must not be called saved.
    const stateVector = this.#unsaved.isEmpty && this.#owed.size > 0 ? this.#steps.stateVector() : null;
    const owed = this.#owed;
    if (stateVector) this.#owed = new Map();
    this.#handed = { entries, owed: stateVector ? owed : NOTHING.owed };
    return {
      row,
      saved: () => {
        this.#handed = NOTHING;
        this.#strike(entries);
        if (row !== null) this.#steps.appended(1, bytes);
        if (stateVector) {
          const frames = new Map<number, Buffer>();
          for (const [connection, messages] of owed) {
            const frame = frames.get(messages) ?? savedFrame(stateVector, messages);
            frames.set(messages, frame);
            this.#steps.tell(connection, frame);
          }
        }
        if (!this.#unsaved.isEmpty) this.#writer.add(this);
      },
    };
  }

  refused(error: unknown): void {
    this.#steps.refused(error);
  }

  /** The journal need not keep these any longer. */
  #strike(entries: readonly Unsaved[]): void {
    for (const { sheet } of entries) if (sheet) this.#journal?.done(sheet);
  }

  /** Takes back all that is not committed, after it was refused: oldest first. Who is owed word stays so. */
  takeBack(): LogEntry[] {
    const entries = [...this.#handed.entries];
    this.#owed = new Map([...this.#handed.owed, ...this.#owed]);
    this.#handed = NOTHING;
    while (!this.#unsaved.isEmpty) entries.push(...this.#unsaved.take().entries);
    this.#strike(entries);
    return entries;
  }
}
