import { CLOSE } from '../../lib/live/close-codes';
import { MalformedMessage } from './byte-reader';
import type { NoteConnection } from './note-connection';
import type { Applied } from './note-document';
import type { NoteState } from './note-state';
import { Questions } from './questions';
import { retake } from './retake';
import type { RoomLog } from './room-log';
import { stateVectorFrame } from './sync-protocol';

const MAX_UPDATE_BYTES = 2 * 1024 * 1024;
const MAX_VECTOR_BYTES = 1024 * 1024;
const EMPTY_UPDATE = Uint8Array.of(0, 0);
const EMPTY_VECTOR = Uint8Array.of(0);

export type IntakeSteps = {
  /** The note; null while there is none. */
  document(): NoteState | null;
  /** Takes a step that may break the document: then it is thrown away and built anew. */
  attempt<T>(step: () => T): T;
  /** Passes a change on to all but who sent it. */
  spread(change: Uint8Array, sender: NoteConnection | null): void;
  /** This person changed the note. */
  touch(userId: string): void;
};

/** What a room takes in from its sockets: into the document, into the log, to the others; and what it asks them for. */
export class Intake {
  readonly #connections: ReadonlySet<NoteConnection>;
  readonly #log: RoomLog;
  readonly #steps: IntakeSteps;
  readonly #questions: Questions;

  constructor(connections: ReadonlySet<NoteConnection>, log: RoomLog, steps: IntakeSteps) {
    this.#connections = connections;
    this.#log = log;
    this.#steps = steps;
    this.#questions = new Questions({
      ask: (connection) => connection.send(stateVectorFrame(steps.document()?.stateVector() ?? EMPTY_VECTOR)),
      clockOf: (clientId) => steps.document()?.clockOf(clientId) ?? 0,
    });
  }

  /** Gives a client what it lacks. @throws MalformedMessage */
  answer(connection: NoteConnection, document: NoteState, stateVector: Uint8Array): void {
    if (!connection.mayAskForAll()) return;
    if (stateVector.length > MAX_VECTOR_BYTES) throw new MalformedMessage('The state vector is too large');
    connection.sendAnswer(document.answer(stateVector));
    this.#owe(connection);
  }

  /** Takes in what stands of an update; `whole` when it answers our state vector. @throws MalformedMessage */
  change(connection: NoteConnection, document: NoteState, update: Uint8Array, whole: boolean): void {
    if (update.length > MAX_UPDATE_BYTES) {
      connection.close(CLOSE.tooLarge, 'the change is too large');
      return;
    }
    if (this.#log.isFull) {
      connection.close(CLOSE.accessChanged, 'nothing can be saved at the moment');
      return;
    }
    const { userId } = connection.person;
    const applied = this.#steps.attempt(() => document.apply(new Uint8Array(update), userId));
    if (applied.isPassedOver) return void connection.refuseDamaged();
    this.#keep(applied, userId, connection);
    connection.messages++;
    const { gap, withheld } = applied;
    const isFurther = applied.changes.length > 0;
    this.#questions.judged(connection, { whole, gap, isFurther, withheld });
    if (isFurther) {
      this.#steps.touch(userId);
      this.#questions.grown();
    }
    this.#owe(connection);
  }

  #keep({ changes, claims }: Applied, userId: string, sender: NoteConnection | null): void {
    for (const [index, change] of changes.entries()) {
      this.#log.add(change, userId, claims);
      // The sender has the change itself, but not what Yjs tidied up after it.
      this.#steps.spread(change, index === 0 ? sender : null);
    }
  }

  /** A client showed itself: it may have named an id as its own under which others had brought something. */
  appeared(connection: NoteConnection, document: NoteState): void {
    if (!connection.entrance.canWrite) return;
    const { userId } = connection.person;
    const claims = document.takeBack(userId);
    if (claims.length > 0) this.#log.add(EMPTY_UPDATE, userId, claims);
    this.#questions.reconsider(connection, (clientId) => document.isTheirs(clientId, userId));
  }

  /** The note has grown by what other processes took in. */
  grown(): void {
    this.#questions.grown();
  }

  forget(connection: NoteConnection): void {
    this.#questions.forget(connection);
  }

  /**
   * Takes in once more what the log had refused, on the note as it is stored, and lets go whoever had taken what has
   * become another's.
   */
  putBack(entries: LogEntries, document: NoteState): void {
    const { atFault, short } = retake(entries, {
      apply: (update, userId) => this.#steps.attempt(() => document.apply(update, userId)),
      isTheirs: (clientId, userId) => document.isTheirs(clientId, userId),
      keep: (applied, userId) => this.#keep(applied, userId, null),
    });
    for (const connection of [...this.#connections]) {
      const { userId } = connection.person;
      if (atFault.has(userId)) {
        connection.close(CLOSE.accessChanged, 'somebody else writes under the same id');
      } else if (short.has(userId)) {
        this.#log.forget(connection);
        this.#questions.ask(connection);
      }
    }
  }

  #owe(connection: NoteConnection): void {
    // While it was asked, a message counted here may not be taken in yet.
    if (!connection.entrance.ack || this.#questions.isOpen(connection)) return;
    if (this.#connections.has(connection)) this.#log.owe(connection);
  }
}

type LogEntries = Parameters<typeof retake>[0];
