import type { NoteConnection } from './note-connection';

/** What came of one message, as far as asking goes. */
export type Judged = {
  /** It was the answer to a state vector: all that the client has and the note lacked. */
  readonly whole: boolean;
  /** Part of it builds on what is missing. */
  readonly gap: boolean;
  /** Something in it was new. */
  readonly isFurther: boolean;
  /** Client ids of others under which it had something new: that was left out. */
  readonly withheld: readonly number[];
};

export type QuestionSteps = {
  /** Asks a client for all that the note lacks. */
  ask(connection: NoteConnection): void;
  /** How much of a client id the note holds, in clock ticks. */
  clockOf(clientId: number): number;
};

/** Ids of others that are kept in mind of one socket; no honest client comes near. */
const MAX_WITHHELD = 1_000;

/**
 * Whom the room asked for what it lacks. A client is asked once, however many of its changes have gaps until it has
 * answered in full. When the answer still builds on what somebody else wrote and nobody has brought yet, as after a
 * crash that two people were typing in, the client is not to blame: it is asked again once that person has come back.
 */
export class Questions {
  readonly #steps: QuestionSteps;
  readonly #asked = new Set<NoteConnection>();
  /** Of each socket the ids of others it had more of than the note, with what the note had of them. */
  readonly #withheld = new Map<NoteConnection, Map<number, number>>();
  /** They answered in full and wait for what those ids are to bring. */
  readonly #waiting = new Set<NoteConnection>();

  constructor(steps: QuestionSteps) {
    this.#steps = steps;
  }

  /** What it sent may not all be taken in yet, so nothing may be called saved. */
  isOpen(connection: NoteConnection): boolean {
    return this.#asked.has(connection) || this.#waiting.has(connection);
  }

  /** Takes note of what came of a message, and asks the client again where that is of use. */
  judged(connection: NoteConnection, { whole, gap, isFurther, withheld }: Judged): void {
    if (whole) this.forget(connection);
    if (withheld.length > 0) this.#withhold(connection, withheld);
    if (!gap || this.isOpen(connection)) return;
    if (whole && !isFurther) {
      if (withheld.length > 0) {
        this.#waiting.add(connection);
        return;
      }
      // It gave all it has, and that builds on what nobody has.
      if (!connection.mayHaveGap()) return;
    }
    this.ask(connection);
  }

  /** The note has grown: whoever waited for that is asked. */
  grown(): void {
    if (this.#waiting.size === 0) return;
    for (const connection of [...this.#waiting]) {
      const withheld = this.#withheld.get(connection) ?? [];
      for (const [clientId, clock] of withheld) {
        if (this.#steps.clockOf(clientId) <= clock) continue;
        this.ask(connection);
        break;
      }
    }
  }

  /** Some of what was left out may be the sender's own after all. */
  reconsider(connection: NoteConnection, isTheirs: (clientId: number) => boolean): void {
    const withheld = this.#withheld.get(connection);
    if (withheld !== undefined && [...withheld.keys()].some(isTheirs)) this.ask(connection);
  }

  forget(connection: NoteConnection): void {
    this.#asked.delete(connection);
    this.#waiting.delete(connection);
    this.#withheld.delete(connection);
  }

  #withhold(connection: NoteConnection, clientIds: readonly number[]): void {
    const known = this.#withheld.get(connection) ?? new Map<number, number>();
    this.#withheld.set(connection, known);
    for (const clientId of clientIds) {
      if (known.size < MAX_WITHHELD) known.set(clientId, this.#steps.clockOf(clientId));
    }
  }

  /** Asks it now, whatever it has said. */
  ask(connection: NoteConnection): void {
    this.#waiting.delete(connection);
    this.#withheld.delete(connection);
    this.#asked.add(connection);
    this.#steps.ask(connection);
  }
}
